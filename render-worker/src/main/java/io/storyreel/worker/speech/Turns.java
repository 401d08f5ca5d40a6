package io.storyreel.worker.speech;

import io.smallrye.faulttolerance.api.RateLimitException;
import io.smallrye.mutiny.Uni;
import io.storyreel.worker.provider.Pause;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.function.Supplier;

/** Waits for a rate limit of our own, which by itself only turns callers away. */
@ApplicationScoped
public class Turns {
    private static final long SHORTEST_MILLIS = 20;

    private final Pause pause;

    public Turns(Pause pause) {
        this.pause = pause;
    }

    /**
     * Completes when the limit lets the caller through, which its bulkhead keeps to a few callers at a time.
     *
     * @param limit guarded by {@code @RateLimit} with a fixed window: in a rolling one those who are turned away are
     *     counted too, and who comes back in time is turned away for ever
     */
    public Uni<Void> next(Supplier<Uni<Void>> limit) {
        return limit.get().onFailure(RateLimitException.class).recoverWithUni(full -> pause.of(
                        Duration.ofMillis(Math.max(SHORTEST_MILLIS, full.getRetryAfterMillis())))
                .chain(() -> next(limit)));
    }
}
