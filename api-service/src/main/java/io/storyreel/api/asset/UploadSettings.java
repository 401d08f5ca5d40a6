package io.storyreel.api.asset;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/**
 * How clients send large files straight to the object store, which they must reach at
 * {@code storyreel.storage.public-endpoint}.
 */
@ConfigMapping(prefix = "storyreel.uploads")
public interface UploadSettings {
    /** The sweeper takes what is a day old for forgotten. */
    Duration LONGEST_LIFE = Duration.ofHours(12);

    /** The copies that the object store makes by itself are no larger. */
    long LARGEST = 5L << 30;

    /** Largest music file that is sent so, 5G at most. Pictures may have {@code storyreel.limits.image}, as everywhere. */
    @WithDefault("512M")
    MemorySize music();

    /** How long such a file may take from the answer to its completion, 1 s to 12 h; also how long its address is good for. */
    @WithDefault("1h")
    Duration life();

    /**
     * How long a completion may take: the file is copied in the object store and read once. Below
     * {@code quarkus.http.idle-timeout}, because nothing is sent meanwhile.
     */
    @WithDefault("5m")
    Duration longestCheck();
}
