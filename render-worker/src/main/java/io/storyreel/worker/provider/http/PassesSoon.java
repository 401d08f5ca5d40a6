package io.storyreel.worker.provider.http;

import io.storyreel.worker.provider.OutcomeUnknownException;
import io.storyreel.worker.provider.ProviderBusyException;
import io.storyreel.worker.provider.ProviderOutageException;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * Failures after which a call may be repeated at once, which is to say within half a minute: the provider is away or
 * busy and has definitely not done what it was asked. Who is to stay away for longer is asked again by the job, which
 * can tell that it waits.
 */
public class PassesSoon implements Predicate<Throwable> {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Override
    public boolean test(Throwable failure) {
        return (failure instanceof ProviderOutageException || failure instanceof ProviderBusyException)
                && !(failure instanceof OutcomeUnknownException)
                && isSoon(((AsksForPause) failure).retryAfter());
    }

    private static boolean isSoon(Duration asked) {
        return asked == null || asked.compareTo(SOON) <= 0;
    }
}
