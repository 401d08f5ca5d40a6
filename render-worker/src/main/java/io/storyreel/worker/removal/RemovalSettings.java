package io.storyreel.worker.removal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** How files that nobody needs any more are removed from the object store. */
@ConfigMapping(prefix = "storyreel.removal")
public interface RemovalSettings {

    /** Pause between two looks for deleted projects and for files to remove. */
    @WithDefault("10s")
    Duration look();

    /**
     * How long after a file was given up, or a project deleted, its removal begins. Longer than any statement takes that
     * accepts a job: one that began before the deletion has then ended, and its job is known.
     */
    @WithDefault("1m")
    Duration settle();

    /**
     * After this time a worker goes on with removals that another has begun and not ended. Longer than one call of the
     * object store may take ({@code storyreel.storage.call-timeout}): a late removal must not meet a file that was put
     * again meanwhile.
     */
    @WithDefault("6m")
    Duration again();
}
