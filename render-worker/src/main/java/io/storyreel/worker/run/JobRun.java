package io.storyreel.worker.run;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.ClaimedJob;
import io.storyreel.common.job.JobChange;
import io.vertx.core.json.JsonObject;

import java.nio.file.Path;
import java.util.function.Supplier;

/** One run of a job on this worker: all that a handler may know of the engine. */
public interface JobRun {

    ClaimedJob job();

    /** A directory of this run's own; it is emptied and removed when the run ends, however it ends. */
    Path scratch();

    /**
     * Records where the job stands and tells everybody who watches. Completes when it is stored; fails with
     * {@code LeaseLostException} if the job is no longer ours. A database that is away is waited for, as long as the
     * lease may last.
     */
    Uni<Void> tell(JobChange change);

    /**
     * The stored result of the step if an earlier run has finished it; otherwise does the work and stores its result.
     * Names are unique within the job, such as {@code speak:3}.
     */
    Uni<JsonObject> step(String name, Supplier<Uni<JsonObject>> work);

    /**
     * The same, telling {@code told} in the statement that stores the result; saves a commit.
     */
    Uni<JsonObject> step(String name, JobChange told, Supplier<Uni<JsonObject>> work);
}
