package io.storyreel.api.limit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/**
 * How many requests a caller may send in a window. Counted by each instance for itself and in memory only: they keep a
 * runaway client from the others, and are no quota.
 */
@ConfigMapping(prefix = "storyreel.rate")
public interface RateSettings {

    /** Whether anything is counted at all. */
    @WithDefault("true")
    boolean enabled();

    /** What the numbers are for. What was used comes back evenly over this time. */
    @WithDefault("1m")
    Duration window();

    /** GET requests of a token; 0 is no limit, here as below. */
    @WithDefault("30000")
    long reads();

    /** POST, PUT, PATCH and DELETE requests of a token that are no uploads. */
    @WithDefault("12000")
    long writes();

    /** Uploads of a token. */
    @WithDefault("1200")
    long uploads();

    /** Files and progress streams that a token opens. */
    @WithDefault("6000")
    long downloads();

    /** Requests without a good token from an address (IPv6: from a network of 64 bits). */
    @WithDefault("3000")
    long anonymous();

    /** Of how many callers the use is remembered; whoever is forgotten begins anew. */
    @WithDefault("20000")
    int remembered();
}
