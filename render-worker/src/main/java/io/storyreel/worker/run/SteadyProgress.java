package io.storyreel.worker.run;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.JobChange;

/**
 * Tells how far a run has come without flooding anybody: one message at a time, and only when the percentage has
 * risen. While one is being stored, only the newest of those that follow is kept.
 */
public final class SteadyProgress {
    private final JobRun run;
    private int told;
    private boolean telling;
    private JobChange newest;
    private Throwable failure;

    public SteadyProgress(JobRun run) {
        this.run = run;
        this.told = run.job().progress();
    }

    /** Tells now. */
    public Uni<Void> tell(JobChange change) {
        return run.tell(change);
    }

    /** Tells soon, from any thread; returns at once. */
    public void tellSoon(JobChange change) {
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
    public synchronized Uni<Void> check() {
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
