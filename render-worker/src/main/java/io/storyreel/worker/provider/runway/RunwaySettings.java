package io.storyreel.worker.provider.runway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * The clip provider {@code runway}: RunwayML's API. The numbers of its fault tolerance are under {@code
 * quarkus.fault-tolerance."io.storyreel.worker.provider.runway.RunwayGateway"}.
 */
@ConfigMapping(prefix = "storyreel.runway")
public interface RunwaySettings {

    /** The API key, such as {@code key_…}; set by {@code RUNWAYML_API_KEY}. Without one the provider cannot be used. */
    Optional<String> key();

    /** Base address without {@code /v1}; set by {@code RUNWAYML_API_URL}. Encrypted, unless it is on this machine. */
    @WithDefault("https://api.dev.runwayml.com")
    String url();

    /** {@code gen4_turbo}, {@code gen4.5}, {@code veo3.1_fast} or {@code veo3.1}. */
    @WithDefault("gen4_turbo")
    String model();

    /** What a second costs in USD, if it is not what RunwayML's price list said in April 2026. */
    Optional<BigDecimal> pricePerSecond();

    /** How long the API may be silent within a call; set by {@code API_REQUEST_TIMEOUT}, which bounds the call as well. */
    @WithDefault("60s")
    Duration requestTimeout();

    /** How long after handing a task over it is asked for first. */
    @WithDefault("6s")
    Duration firstLook();

    /** How often a young task is asked for; RunwayML allows once in 5 s. */
    @WithDefault("6s")
    Duration pollShortest();

    /** How often an old task is asked for. */
    @WithDefault("15s")
    Duration pollLongest();

    /** How long it takes for the one to become the other. */
    @WithDefault("2m")
    Duration pollGrowing();

    /** By which part an interval may be shorter or longer, 0 to below 1. */
    @WithDefault("0.25")
    double pollJitter();

    /** How long a task may run before it is given up; its time in RunwayML's queue is not counted. */
    @WithDefault("10m")
    Duration patience();

    /** How long to wait when the model's generations of the rolling 24 hours are used up and RunwayML does not say. */
    @WithDefault("15m")
    Duration dailyCapPause();
}
