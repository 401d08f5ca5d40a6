package io.storyreel.api.idempotency;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** How repeated requests are told from new ones. */
@ConfigMapping(prefix = "storyreel.idempotency")
public interface IdempotencySettings {

    /** How long an answer is kept for repetitions, from the first request on. */
    @WithDefault("24h")
    Duration kept();

    /**
     * How long a request counts as under way without a sign of life of its instance: after a crash a repetition is
     * refused (409) for at most this time.
     */
    @WithDefault("15s")
    Duration hold();

    /** Pause between two signs of life; well below the hold. */
    @WithDefault("5s")
    Duration renewal();

    /**
     * Largest answer that is kept, compressed. Of a larger one only the id is kept of what the request made: a
     * repetition is answered with what that is by then.
     */
    @WithDefault("64K")
    MemorySize largestAnswer();

    /** How often what is older than it is kept is removed. */
    @WithDefault("1m")
    Duration look();

    /** How many are removed by one statement. */
    @WithDefault("1000")
    int batch();
}
