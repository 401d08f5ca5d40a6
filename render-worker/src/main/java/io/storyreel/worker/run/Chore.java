package io.storyreel.worker.run;

import io.smallrye.mutiny.Uni;

import java.nio.file.Path;
import java.time.Duration;

/** Something a worker does from time to time beside its jobs, for as long as it runs. */
public interface Chore {

    /** For the log, completing "… failed, trying on". */
    String name();

    /** How long to wait before each round. */
    Duration pause();

    /** @param scratch a directory of this chore's own; what is left in it is removed when the worker ends */
    Uni<Void> round(Path scratch);
}
