package io.storyreel.worker.provider;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Set;

/** Where a task stands. {@code state} is always the provider's own word for it. */
public sealed interface TaskProgress<R> {

    String state();

    /**
     * Not begun: the provider has more to do, or we have too much running there.
     *
     * @param position how many are before it; null if the provider does not say
     * @param again when to ask next
     */
    record Queued<R>(String state, Integer position, Duration again) implements TaskProgress<R> {}

    /**
     * @param percent 0 to 99; null if the provider does not say
     * @param again when to ask next; zero for at once
     */
    record Running<R>(String state, Integer percent, Duration again) implements TaskProgress<R> {}

    /** @param cost in USD, exact; null if the provider does not say, and what was estimated counts */
    record Succeeded<R>(String state, R result, BigDecimal cost) implements TaskProgress<R> {}

    /**
     * @param code for programs, such as {@code content_refused}
     * @param message for the user, in words of ours
     * @param verdict what follows from it
     * @param cost what was charged all the same, in USD; null if the provider does not say, and nothing is assumed
     */
    record Failed<R>(String state, String code, String message, Verdict verdict, BigDecimal cost)
            implements TaskProgress<R> {

        /** Whether it was made, and is probably charged, but the provider does not say where it is. */
        boolean lacksResult() {
            return Set.of("provider_result_missing", "provider_no_result").contains(code);
        }
    }

    /** What a failed task means for the next. */
    enum Verdict {
        /** It would fail again, with this provider and any other: the content was refused, or the input is unusable. */
        FINAL,
        /** A fault of the provider: buying again may do better. */
        AGAIN,
        /** It was ended on our wish. */
        CANCELED
    }
}
