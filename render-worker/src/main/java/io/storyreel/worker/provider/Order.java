package io.storyreel.worker.provider;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.ledger.Purchase;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Something to be bought from one provider.
 *
 * @param wanted what is handed over; made only if it is, because it may be large
 * @param made what is kept in the ledger
 * @param keep brings what was made to where it is kept; asked again after a crash in the middle of it
 * @param patience how long the task may run, its time in the provider's queue not counted
 * @param <Q> what is wanted
 * @param <R> what the provider makes
 * @param <K> what is kept
 */
public record Order<Q, R, K>(
        TaskProvider<Q, R> provider,
        Purchase purchase,
        Supplier<Uni<Q>> wanted,
        Class<K> made,
        Keeper<R, K> keep,
        Duration patience) {

    /** Brings what was made to where it is kept. */
    @FunctionalInterface
    public interface Keeper<R, K> {

        /**
         * Fails with {@link ProviderOutageException} if it may be fetched a little later, with
         * {@link BrokenResultException} if it is of no use.
         *
         * @param renew asks the provider for it once more; the item is null if it has it no more
         */
        Uni<K> keep(R made, Supplier<Uni<R>> renew);
    }
}
