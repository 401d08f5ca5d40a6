package io.storyreel.worker.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.JobChange;
import io.storyreel.worker.provider.TaskListener;

import java.util.Arrays;
import java.util.Locale;

/** How far the scenes of a render have come, together. */
final class AnimateProgress {
    private static final int ALL = 100;

    private final Render render;
    private final int[] percents;

    AnimateProgress(Render render) {
        this.render = render;
        this.percents = new int[render.sceneCount()];
    }

    /** Hears of the scene at {@code position}. */
    TaskListener listener(int position, int sceneIndex) {
        return new TaskListener() {
            @Override
            public Uni<Void> progressed(int percent) {
                at(position, sceneIndex, percent);
                return Uni.createFrom().voidItem();
            }

            @Override
            public Uni<Void> waiting(Wait wait) {
                return render.run().tell(waitingFor(sceneIndex, wait));
            }
        };
    }

    Uni<Void> done(int position, int sceneIndex) {
        at(position, sceneIndex, ALL);
        return render.progress().check();
    }

    private void at(int position, int sceneIndex, int percent) {
        double fraction;
        int done;
        synchronized (percents) {
            percents[position] = Math.max(percents[position], percent);
            fraction = Arrays.stream(percents).average().orElse(ALL) / ALL;
            done = (int) Arrays.stream(percents).filter(share -> share == ALL).count();
        }
        render.progress()
                .tellSoon(RenderProgress.at(
                        RenderStage.ANIMATE,
                        fraction,
                        "Rendering scene " + Math.min(done + 1, percents.length) + "/" + percents.length + "...",
                        sceneIndex,
                        done));
    }

    private static JobChange waitingFor(int sceneIndex, TaskListener.Wait wait) {
        String what =
                switch (wait.reason()) {
                    case PROVIDER_QUEUE ->
                        wait.position() == null
                                ? "in the queue of %s".formatted(wait.provider())
                                : "in the queue of %s, %d before it".formatted(wait.provider(), wait.position());
                    case RATE_LIMIT -> "because %s takes no more calls right now".formatted(wait.provider());
                    case CIRCUIT_OPEN -> "because %s has failed too often just now".formatted(wait.provider());
                    case PROVIDER_OUTAGE -> "because %s cannot be reached".formatted(wait.provider());
                };
        return JobChange.waiting(
                        RenderStage.ANIMATE.wireName(),
                        String.format(Locale.ROOT, "Scene %d waits %s", sceneIndex, what),
                        new JobChange.Waiting(wait.reason().wireName(), wait.until(), wait.position(), wait.provider()))
                .ofScene(sceneIndex, null);
    }
}
