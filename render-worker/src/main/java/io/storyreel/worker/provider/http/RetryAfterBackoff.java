package io.storyreel.worker.provider.http;

import io.smallrye.faulttolerance.api.CustomBackoffStrategy;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Waits as long as the server asks for, at most 30 s, and up to a quarter more, so that those who were turned away
 * together do not come back together. Without a word from the server, or when it turns us away and says "at once": the
 * retry's delay, or 0.5 s if it has none, doubling to 8 s, up to a quarter less.
 */
public class RetryAfterBackoff implements CustomBackoffStrategy {
    private static final long FIRST_MILLIS = 500;
    private static final long LONGEST_MILLIS = 8_000;
    private static final Duration LONGEST_HINT = Duration.ofSeconds(30);

    private long next = FIRST_MILLIS;

    @Override
    public void init(long initialDelayInMillis) {
        next = initialDelayInMillis > 0 ? initialDelayInMillis : FIRST_MILLIS;
    }

    @Override
    public long nextDelayInMillis(Throwable failure) {
        if (failure instanceof AsksForPause asking
                && asking.retryAfter() != null
                && !asking.retryAfter().isZero()) {
            Duration hint = asking.retryAfter();
            long asked = Math.min(hint.toMillis(), LONGEST_HINT.toMillis());
            return asked + ThreadLocalRandom.current().nextLong(asked / 4 + 1);
        }
        long delay = next;
        next = Math.max(next, Math.min(LONGEST_MILLIS, next * 2));
        return delay - ThreadLocalRandom.current().nextLong(delay / 4 + 1);
    }
}
