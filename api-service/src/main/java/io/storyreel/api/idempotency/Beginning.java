package io.storyreel.api.idempotency;

import java.time.Duration;

/** What became of a keyed request that was to be begun. */
sealed interface Beginning {

    /** Nobody is at it, and it has no answer yet. */
    record Begun(Hold hold) implements Beginning {}

    /**
     * It was carried out before.
     *
     * @param attempt that was answered
     */
    record Answered(int attempt, byte[] sealed) implements Beginning {}

    /** Somebody is at it, or died at it and is given up after {@code left}. */
    record UnderWay(Duration left) implements Beginning {}

    /** The key stands for another request. */
    record Reused() implements Beginning {}
}
