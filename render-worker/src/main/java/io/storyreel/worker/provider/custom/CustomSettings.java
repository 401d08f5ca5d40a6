package io.storyreel.worker.provider.custom;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * The video provider {@code custom}: any renderer that speaks our neutral contract, version 1. The numbers of its fault
 * tolerance are under {@code quarkus.fault-tolerance."io.storyreel.worker.provider.custom.CustomGateway"}.
 */
@ConfigMapping(prefix = "storyreel.custom")
public interface CustomSettings {

    /** The bearer token; set by {@code CUSTOM_VIDEO_API_KEY}. Without one the provider cannot be used. */
    Optional<String> key();

    /**
     * Base address with the version, such as {@code https://render.example.com/v1}; set by {@code CUSTOM_VIDEO_API_URL}.
     * Encrypted, unless it is on this machine. Without one the provider cannot be used.
     */
    Optional<String> url();

    /**
     * What a second of video costs in USD, for estimates and for renderers that do not say what they charge; 0 if
     * nothing. Without one nobody can say what a render costs, so workspaces with a budget cannot use the provider.
     */
    Optional<BigDecimal> pricePerSecond();

    /** How long the renderer may be silent within a call; set by {@code API_REQUEST_TIMEOUT}, which bounds it as well. */
    @WithDefault("60s")
    Duration requestTimeout();

    /** How long after handing a job over it is asked for first. */
    @WithDefault("2s")
    Duration firstLook();

    /** How often a young job is asked for, unless the renderer says. */
    @WithDefault("3s")
    Duration pollShortest();

    /** How often an old job is asked for, unless the renderer says. */
    @WithDefault("15s")
    Duration pollLongest();

    /** How long it takes for the one to become the other: 40 s is a growth by 1.3 from one look to the next. */
    @WithDefault("40s")
    Duration pollGrowing();

    /** By which part an interval may be shorter or longer, 0 to below 1. */
    @WithDefault("0.2")
    double pollJitter();

    /** The shortest time that a job may run before it is given up; its time in the renderer's queue is not counted. */
    @WithDefault("10m")
    Duration leastPatience();

    /** How many times the length of its video a job may run, if that is longer. */
    @WithDefault("20")
    int patienceFactor();

    /** How long after its acceptance a job may be unknown to a renderer that spreads the word slowly. */
    @WithDefault("5s")
    Duration notYetKnown();
}
