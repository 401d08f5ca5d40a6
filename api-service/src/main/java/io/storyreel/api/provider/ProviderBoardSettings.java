package io.storyreel.api.provider;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** How the API keeps itself informed of the workers' providers. */
@ConfigMapping(prefix = "storyreel.providers")
public interface ProviderBoardSettings {

    /** Pause between two looks at what the workers say. */
    @WithDefault("2s")
    Duration refresh();

    /** After this time without a report a worker counts as dead; at least three times the pause between its reports. */
    @WithDefault("15s")
    Duration living();

    /** Pause between two looks at how long providers take. */
    @WithDefault("60s")
    Duration refreshDurations();
}
