package io.storyreel.worker.provider;

import java.math.BigDecimal;
import java.time.Duration;

/** Where a task stands. */
public sealed interface TaskProgress<R> {

    /**
     * @param percent 0 to 99
     * @param again when to ask next; zero for at once
     */
    record Running<R>(int percent, Duration again) implements TaskProgress<R> {}

    /** @param cost in USD, exact */
    record Succeeded<R>(R result, BigDecimal cost) implements TaskProgress<R> {}

    /**
     * @param message for the user
     * @param passing whether another attempt may do better
     * @param cost what was charged all the same, in USD
     */
    record Failed<R>(String code, String message, boolean passing, BigDecimal cost) implements TaskProgress<R> {}
}
