package io.storyreel.worker.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.JobChange;
import io.storyreel.common.ledger.Purchase;
import io.storyreel.common.ledger.Purpose;
import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.worker.provider.Bought;
import io.storyreel.worker.provider.FinishedVideo;
import io.storyreel.worker.provider.Order;
import io.storyreel.worker.provider.PaidTasks;
import io.storyreel.worker.provider.TaskListener;
import io.storyreel.worker.provider.VideoProvider;
import io.storyreel.worker.provider.VideoRequest;
import io.storyreel.worker.run.JobRun;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Map;

/** Has the whole storyboard rendered by a provider that can; takes the place of speaking, animating and composing. */
@ApplicationScoped
class WholeVideo {
    private final PaidTasks tasks;

    WholeVideo(PaidTasks tasks) {
        this.tasks = tasks;
    }

    Uni<Bought<FinishedVideo>> render(JobRun run, Storyboard storyboard, VideoProvider provider) {
        var wanted = new VideoRequest(run.job().id(), storyboard, Map.of(), null);
        var purchase = Purchase.whole(
                run.job().lease(),
                Purpose.VIDEO,
                0,
                provider.name(),
                run.job().specDigest(),
                provider.estimate(wanted));
        var order = new Order<>(
                provider,
                purchase,
                () -> Uni.createFrom().item(wanted),
                FinishedVideo.class,
                (made, renew) -> Uni.createFrom().item((FinishedVideo) made),
                provider.patience(wanted));
        int scenes = storyboard.scenes().size();
        return tasks.complete(order, run.job().progress(), new TaskListener() {
            @Override
            public Uni<Void> progressed(int percent) {
                return run.tell(at(percent, scenes));
            }
        });
    }

    private static JobChange at(int percent, int scenes) {
        int done = percent * scenes / 100;
        int current = Math.min(scenes, done + 1);
        return JobChange.progress(
                        percent, RenderStage.ANIMATE.wireName(), "Rendering scene " + current + "/" + scenes + "...")
                .ofScene(current, done);
    }
}
