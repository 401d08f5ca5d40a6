package io.storyreel.worker.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.JobChange;
import io.storyreel.worker.run.JobRun;
import io.storyreel.worker.run.SteadyProgress;

/** Tells how far a render has come; see {@link SteadyProgress}. */
final class RenderProgress {
    private final SteadyProgress progress;

    RenderProgress(JobRun run) {
        this.progress = new SteadyProgress(run);
    }

    /** A change that says so; {@code scene} and {@code scenesCompleted} may be null. */
    static JobChange at(RenderStage stage, double fraction, String message, Integer scene, Integer scenesCompleted) {
        return JobChange.progress(stage.percent(fraction), stage.wireName(), message)
                .ofScene(scene, scenesCompleted);
    }

    /** Tells now. */
    Uni<Void> tell(JobChange change) {
        return progress.tell(change);
    }

    /** Tells soon, from any thread; returns at once. */
    void tellSoon(JobChange change) {
        progress.tellSoon(change);
    }

    /** Fails if something could not be told, such as when the job is somebody else's by now. */
    Uni<Void> check() {
        return progress.check();
    }
}
