package io.storyreel.api.progress;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** Streams of events to browsers. */
@ConfigMapping(prefix = "storyreel.progress")
public interface ProgressSettings {

    /** How often an idle stream gets a comment, so that proxies keep it open. */
    @WithDefault("15s")
    Duration heartbeat();

    /** How often the database is asked for what the channel may have lost. */
    @WithDefault("3s")
    Duration sweep();

    /** How long a browser waits before it connects again. */
    @WithDefault("2s")
    Duration retry();

    /** What may wait for one slow client; a client with more is disconnected and resumes where it was. */
    @WithDefault("512K")
    MemorySize clientBuffer();

    /** How many streams one process serves. */
    @WithDefault("10000")
    int mostStreams();

    /** How many active jobs of a workspace its stream begins with and looks after. */
    @WithDefault("1000")
    int mostJobsPerWorkspace();
}
