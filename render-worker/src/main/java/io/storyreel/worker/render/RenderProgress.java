package io.storyreel.worker.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.JobChange;
import io.storyreel.worker.run.JobRun;

/**
 * Tells how far a render has come without flooding anybody: one message at a time, and only when the percentage has
 * risen. While one is being stored, only the newest of those that follow is kept.
 */
final class RenderProgress {
    private final JobRun run;
    private int told;
    private boolean telling;
    private JobChange newest;
    private Throwable failure;

    RenderProgress(JobRun run) {
        this.run = run;
        this.told = run.job().progress();
    }

    /** A change that says so; {@code scene} and {@code scenesCompleted} may be null. */
    static JobChange at(RenderStage stage, double fraction, String message, Integer scene, Integer scenesCompleted) {
        return JobChange.progress(stage.percent(fraction), stage.wireName(), message)
                .ofScene(scene, scenesCompleted);
    }

    /** Tells now. */
    Uni<Void> tell(JobChange change) {
        return run.tell(change);
    }

    /** Tells soon, from any thread; returns at once. */
    void tellSoon(JobChange change) {
        JobChange next;
        synchronized (this) {
            int percent = change.position().progress();
            if (percent <= told || failure != null) {
                return;
            }
            told = percent;
            newest = change;
            if (telling) {
                return;
            }
            telling = true;
            next = take();
        }
        send(next);
    }

    /** Fails if something could not be told, such as when the job is somebody else's by now. */
    synchronized Uni<Void> check() {
        return failure == null ? Uni.createFrom().voidItem() : Uni.createFrom().failure(failure);
    }

    private void send(JobChange change) {
        run.tell(change).subscribe().with(stored -> sendNext(), this::stop);
    }

    private void sendNext() {
        JobChange next;
        synchronized (this) {
            next = take();
            telling = next != null;
        }
        if (next != null) {
            send(next);
        }
    }

    private synchronized void stop(Throwable why) {
        telling = false;
        failure = why;
    }

    private synchronized JobChange take() {
        JobChange taken = newest;
        newest = null;
        return taken;
    }
}
