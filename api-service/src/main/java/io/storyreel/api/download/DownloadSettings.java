package io.storyreel.api.download;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** How downloads are counted. */
@ConfigMapping(prefix = "storyreel.downloads")
public interface DownloadSettings {

    /** How long a download that was broken off may rest and still be the same one when it goes on. */
    @WithDefault("1d")
    Duration resumeWithin();

    /** Transfers that may wait to be counted, as while the database is away; further ones are not counted. */
    @WithDefault("10000")
    int mostWaiting();

    /** How long a stopping process waits for its last transfers to be counted. */
    @WithDefault("5s")
    Duration stopPatience();
}
