package io.storyreel.worker.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.ClaimedJob;
import io.storyreel.common.job.JobKind;
import io.storyreel.common.job.JobStatus;
import io.storyreel.common.job.RenderSpecs;
import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.worker.provider.JobPurchases;
import io.storyreel.worker.provider.Providers;
import io.storyreel.worker.provider.VideoProvider;
import io.storyreel.worker.run.JobHandler;
import io.storyreel.worker.run.JobResult;
import io.storyreel.worker.run.JobRun;
import io.storyreel.worker.run.Patience;
import io.storyreel.worker.run.WorkerSettings;
import jakarta.enterprise.context.ApplicationScoped;

import java.math.BigDecimal;

/** Turns a storyboard into a finished video: by one provider that makes whole videos, or scene by scene. */
@ApplicationScoped
public class RenderHandler implements JobHandler {
    private final RenderSpecs specs;
    private final Providers providers;
    private final JobPurchases purchases;
    private final WholeVideo wholeVideo;
    private final RemoteVideo remoteVideo;
    private final SceneBySceneVideo sceneBySceneVideo;
    private final Settle settle;
    private final WorkerSettings settings;

    RenderHandler(
            RenderSpecs specs,
            Providers providers,
            JobPurchases purchases,
            WholeVideo wholeVideo,
            RemoteVideo remoteVideo,
            SceneBySceneVideo sceneBySceneVideo,
            Settle settle,
            WorkerSettings settings) {
        this.specs = specs;
        this.providers = providers;
        this.purchases = purchases;
        this.wholeVideo = wholeVideo;
        this.remoteVideo = remoteVideo;
        this.sceneBySceneVideo = sceneBySceneVideo;
        this.settle = settle;
        this.settings = settings;
    }

    @Override
    public JobKind kind() {
        return JobKind.RENDER;
    }

    @Override
    public Uni<JobResult> handle(JobRun run) {
        return Patience.whileAway(
                        settings.databasePatience(), () -> specs.read(run.job().specDigest()))
                .chain(storyboard -> render(run, storyboard))
                .onFailure()
                .transform(RenderFailures::told);
    }

    @Override
    public Uni<Void> settle(ClaimedJob job) {
        return purchases.settle(job);
    }

    @Override
    public Uni<Void> abandon(ClaimedJob job, JobStatus ending) {
        return purchases.abandon(job, ending);
    }

    @Override
    public Uni<BigDecimal> spent(ClaimedJob job) {
        return purchases.spent(job);
    }

    private Uni<JobResult> render(JobRun run, Storyboard storyboard) {
        String provider = run.job().provider();
        if (providers.makesWholeVideos(provider)) {
            return whole(run, storyboard, providers.video(provider));
        }
        return sceneBySceneVideo
                .render(run, storyboard, providers.chain(run.job(), storyboard))
                .chain(result -> settle.rendered(run.job(), result));
    }

    private Uni<JobResult> whole(JobRun run, Storyboard storyboard, VideoProvider provider) {
        return provider.readsFiles()
                ? remoteVideo.render(run, storyboard, provider).chain(result -> settle.rendered(run.job(), result))
                : wholeVideo.render(run, storyboard, provider).chain(bought -> settle.bought(run.job(), bought));
    }
}
