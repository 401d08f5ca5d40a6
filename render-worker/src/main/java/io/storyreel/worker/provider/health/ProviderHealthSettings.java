package io.storyreel.worker.provider.health;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** How a worker watches its providers and tells of them. */
@ConfigMapping(prefix = "storyreel.provider-health")
public interface ProviderHealthSettings {

    /** Pause between two reports. The API takes a worker for dead that is silent for three of its own default. */
    @WithDefault("5s")
    Duration interval();

    /** Of how many of the last calls the published latency is the median. */
    @WithDefault("100")
    int remembered();
}
