package io.storyreel.worker.sweep;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/**
 * How the object store is swept: every file under a prefix of ours that the database does not know is removed. The bucket
 * must belong to this installation alone.
 */
@ConfigMapping(prefix = "storyreel.sweeper")
public interface SweepSettings {

    /** Whether workers sweep at all. */
    @WithDefault("true")
    boolean enabled();

    /** Only count and report what would be removed. */
    @WithDefault("false")
    boolean dryRun();

    /** From the beginning of one sweep to the beginning of the next. */
    @WithDefault("24h")
    Duration interval();

    /** Files younger than this, by the clock of the object store, are left alone: they may be on their way. */
    @WithDefault("24h")
    Duration grace();

    /** Files that are listed and compared at once, 1 to 1000; bounds the memory that a sweep takes. */
    @WithDefault("1000")
    int page();

    /** How often a worker looks whether a sweep is due, or one of a dead worker is to be gone on with. */
    @WithDefault("1m")
    Duration look();

    /** After this time without a page another worker goes on with a sweep. */
    @WithDefault("10m")
    Duration lease();
}
