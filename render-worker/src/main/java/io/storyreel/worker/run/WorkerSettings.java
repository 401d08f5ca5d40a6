package io.storyreel.worker.run;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** How a worker takes, holds and gives back jobs. */
@ConfigMapping(prefix = "storyreel.worker")
public interface WorkerSettings {

    /** Name in logs and in the consumer group; the identity that leases are held under is new at every start. */
    @WithDefault("${HOSTNAME:worker}-${quarkus.http.port}")
    String name();

    /** Jobs in hand at once. Most of them only wait for providers; ffmpeg has a gate of its own. */
    @WithDefault("512")
    int slots();

    /** Of so many jobs that it takes, one is of the lowest priority that waits, at least 1: those must not wait for ever. */
    @WithDefault("10")
    int lowestEvery();

    /** How long jobs stay this worker's without a sign of life. */
    @WithDefault("15s")
    Duration lease();

    /** Pause between two signs of life; well below the lease. */
    @WithDefault("4s")
    Duration heartbeat();

    /** How long one read waits for jobs; bounds how long a shutdown waits for the read to run out. */
    @WithDefault("2s")
    Duration readBlock();

    /** After this time an entry that another worker read and did not acknowledge is taken over. */
    @WithDefault("30s")
    Duration entryIdle();

    /** Pauses before the tries after a transient failure; their number is the number of retries. */
    @WithDefault("30s,90s")
    List<Duration> retryDelays();

    /** How long progress and results are kept trying to be written while the database is away. */
    @WithDefault("5m")
    Duration databasePatience();

    /**
     * How long a job may take altogether on one worker before it is given up as hanging. Waiting for other jobs'
     * ffmpeg runs counts, so it is far above what one job takes; every run and every call has a deadline of its own.
     */
    @WithDefault("12h")
    Duration jobDeadline();

    /** How long a stopping worker has for giving its jobs back. */
    @WithDefault("8s")
    Duration shutdownPatience();

    /**
     * How long a job that ends or goes back to the queue waits for its providers: to answer what was just asked of
     * them, or to take note that it is canceled. Shorter than the shutdown's patience, so that a
     * worker which is stopped meanwhile still writes the end of the job.
     */
    @WithDefault("5s")
    Duration cancelPatience();

    /** Directory of scratch files; every worker makes one of its own inside and removes it at its end. */
    @WithDefault("${java.io.tmpdir}/storyreel-scratch")
    Path scratchDir();
}
