package io.storyreel.worker.provider;

import io.smallrye.faulttolerance.api.RateLimitException;
import io.storyreel.worker.provider.TaskListener.Reason;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Reads what the fault tolerance round a provider's calls has to say in the provider's own terms. */
final class Trouble {
    private static final Duration PAST_THE_WINDOW = Duration.ofMillis(50);
    private static final Duration SPREAD = Duration.ofMillis(500);

    private Trouble() {}

    /** A failed order: after a time-out nobody knows whether it arrived. */
    static Throwable ofOrder(String provider, Throwable failure) {
        return failure instanceof TimeoutException
                ? new OutcomeUnknownException(provider + " did not answer in time", failure)
                : ofQuestion(provider, failure);
    }

    /** A failed question, which may be asked again. */
    static Throwable ofQuestion(String provider, Throwable failure) {
        if (failure instanceof CircuitBreakerOpenException) {
            return new ProviderOutageException(
                    "circuit_open", provider + " has failed too often and is left alone for a while", null, failure);
        }
        if (failure instanceof TimeoutException) {
            return new ProviderOutageException(provider + " did not answer in time", failure);
        }
        if (failure instanceof BulkheadException) {
            return new ProviderBusyException("Too many calls to " + provider + " are waiting already", null);
        }
        if (failure instanceof RateLimitException limited) {
            return new ProviderBusyException("We may not call " + provider + " more often", untilNextWindow(limited));
        }
        return failure;
    }

    /**
     * A little after the limit's next window has begun, and not for all at the same moment: who comes back while the old
     * one lasts is turned away again, and so are most of those who come together.
     */
    private static Duration untilNextWindow(RateLimitException limited) {
        long millis = limited.getRetryAfterMillis();
        return millis < 0
                ? null
                : Duration.ofMillis(millis)
                        .plus(PAST_THE_WINDOW)
                        .plusMillis(ThreadLocalRandom.current().nextLong(SPREAD.toMillis()));
    }

    /** Whether waiting may help. */
    static boolean passes(Throwable failure) {
        return failure instanceof ProviderOutageException || failure instanceof ProviderBusyException;
    }

    /** What the user is told that the task waits for. */
    static Reason reason(Throwable failure) {
        if (failure instanceof ProviderBusyException) {
            return Reason.RATE_LIMIT;
        }
        return failure instanceof ProviderException known && "circuit_open".equals(known.code())
                ? Reason.CIRCUIT_OPEN
                : Reason.PROVIDER_OUTAGE;
    }
}
