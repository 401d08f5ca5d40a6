package io.storyreel.worker.provider;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.worker.provider.http.Departure;

import java.math.BigDecimal;

/**
 * Something that a provider makes in a single call.
 *
 * @param <R> what is kept
 */
public interface PaidCall<R> {

    /**
     * Makes the call when it is its turn. Any other failure than {@link ChargedException} says that nothing was charged.
     *
     * @param departure the call leaves by it; however often it is tried, at most one try may have been charged
     * @return what was charged, in USD
     */
    Uni<BigDecimal> make(Departure departure);

    /** Brings what was made to where it is kept. Fails with {@link BrokenResultException} if it is of no use. */
    Uni<R> keep();

    /** An attempt was given up whose outcome nobody knows: it may have been charged with its estimate. */
    Uni<Void> possiblyCharged(ProviderTask attempt);
}
