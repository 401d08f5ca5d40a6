package io.storyreel.worker.provider;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.common.provider.ProviderOffer;
import io.storyreel.worker.provider.http.Departure;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/**
 * Somebody who makes things in tasks that take a while. Called only through {@link PaidTasks}, so that nothing is bought
 * twice. All calls fail with {@link ProviderException}, or with an exception of the fault tolerance round them.
 *
 * @param <Q> what is wanted
 * @param <R> what is made
 */
public interface TaskProvider<Q, R> {

    /** The name in jobs, rows and configuration. */
    String name();

    Capabilities capabilities();

    /** What can be had, for how much, and whether the provider is set up. */
    ProviderOffer offer();

    /** Names of the circuit breakers by which one sees that the provider is left alone; others do not count. */
    default List<String> circuits() {
        return List.of(name() + "-submit", name() + "-poll");
    }

    /** What the task will cost in USD, exact. */
    BigDecimal estimate(Q wanted);

    /**
     * Hands the task over. An {@link OutcomeUnknownException} says that the provider may have accepted it; every other
     * failure says that it has not.
     *
     * @param key names this attempt for ever; a provider with {@link Capabilities#idempotent} makes one task of it
     *     however often it is called
     */
    Uni<Submitted> submit(Q wanted, String key);

    /**
     * The same, leaving by {@code departure}: providers whose orders wait for their turn, or are repeated after a no, let
     * each try leave when it does.
     */
    default Uni<Submitted> submit(Q wanted, String key, Departure departure) {
        return departure.of(() -> submit(wanted, key));
    }

    /**
     * The task of a {@code submit} whose outcome is unknown, if the provider can tell; the item is null if it has none
     * or cannot tell.
     *
     * @param lost the attempt; it has no provider's name
     */
    default Uni<Submitted> find(Q wanted, ProviderTask lost) {
        return Uni.createFrom().nullItem();
    }

    /**
     * Where the task stands.
     *
     * @param told the percentage that was told last; a provider whose stages matter skips none of them
     */
    Uni<TaskProgress<R>> poll(ProviderTask task, int told);

    /**
     * Asks the provider to stop. Answers where the task stands then: {@link TaskProgress.Failed} with what was charged
     * all the same; {@link TaskProgress.Succeeded} if it had been made before; {@link TaskProgress.Running} if it has
     * yet to come to rest.
     *
     * @param task without a provider's name if nobody heard whether the provider got it; who can finds it by its key
     */
    Uni<TaskProgress<R>> cancel(ProviderTask task);

    /** How long to wait after handing over before asking for the first time. */
    default Duration firstLook() {
        return Duration.ZERO;
    }

    /** Whether a task that takes too long is stopped, so that it costs nothing more, instead of waited for by nobody. */
    default boolean stopsLateTasks() {
        return false;
    }

    /** How long a task may run, its time in the provider's queue not counted, before it is given up for a time-out. */
    default Duration patience(Q wanted) {
        return Duration.ofMinutes(15);
    }
}
