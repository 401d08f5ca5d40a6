package io.storyreel.worker.run;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.ClaimedJob;
import io.storyreel.common.job.JobKind;
import io.storyreel.common.job.JobStatus;

import java.math.BigDecimal;

/**
 * What a worker does with one kind of job. Queue, lease, retry, progress, cancellation and history are the engine's.
 *
 * <p>A handler is started anew after a crash or a transient failure: it skips the steps that {@link JobRun#step} has a
 * result for. The engine cancels the subscription when the job is canceled, its lease is lost or the worker stops; the
 * handler's work (processes, provider calls) must end with it.
 */
public interface JobHandler {

    JobKind kind();

    /**
     * Does the job to its end.
     *
     * @return fails with {@link JobFailure} when the reason is known; any other failure counts as transient
     */
    Uni<JobResult> handle(JobRun run);

    /**
     * Completes when nothing that the run began is still on its way, such as a task whose provider has not answered:
     * the next run must find the answer written down. Called after the run has ended and before the job goes back to
     * the queue. The engine waits a bounded time; a failure is logged and the job goes back all the same.
     */
    default Uni<Void> settle(ClaimedJob job) {
        return Uni.createFrom().voidItem();
    }

    /**
     * Sees to what the job left running elsewhere, such as tasks at providers: what was canceled is stopped, what has
     * failed may run on for others. Called after the run has ended and before {@link #spent} is asked; never when
     * another worker goes on with the job. The engine waits a bounded time; a failure is logged and the job ends all the
     * same.
     *
     * @param ending {@code CANCELED} or {@code FAILED}
     */
    default Uni<Void> abandon(ClaimedJob job, JobStatus ending) {
        return Uni.createFrom().voidItem();
    }

    /** What the job has cost so far in USD, exact; asked when it ends without a result. */
    default Uni<BigDecimal> spent(ClaimedJob job) {
        return Uni.createFrom().item(BigDecimal.ZERO);
    }
}
