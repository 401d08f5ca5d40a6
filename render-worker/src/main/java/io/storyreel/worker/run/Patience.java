package io.storyreel.worker.run;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.DatabaseOutage;

import java.time.Duration;
import java.util.function.Supplier;

/** Waits for a database that is away. */
public final class Patience {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private Patience() {}

    /**
     * The answer of {@code call}, which is repeated with growing pauses, as long as the failures are outages; fails
     * with {@link DatabaseAwayException} when they last longer than {@code limit}.
     */
    public static <T> Uni<T> whileAway(Duration limit, Supplier<Uni<T>> call) {
        return Uni.createFrom()
                .deferred(() -> call.get())
                .onFailure(DatabaseOutage::isOne)
                .transform(outage -> new DatabaseAwayException(limit, outage))
                .onFailure(DatabaseAwayException.class)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .expireIn(limit.toMillis())
                .onFailure(givenUp -> givenUp.getCause() instanceof DatabaseAwayException)
                .transform(Throwable::getCause);
    }
}
