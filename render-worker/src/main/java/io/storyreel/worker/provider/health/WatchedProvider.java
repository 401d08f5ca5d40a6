package io.storyreel.worker.provider.health;

import io.storyreel.common.provider.ProviderOffer;

import java.util.List;
import java.util.function.Supplier;

/**
 * A provider of this worker, whatever it makes.
 *
 * @param circuits names of its circuit breakers; those that do not exist do not count
 * @param turn who of several that were set up for the same is asked first, from 0
 */
record WatchedProvider(
        String name, ProviderOffer.Kind kind, Supplier<ProviderOffer> offer, List<String> circuits, int turn) {

    /** What it offers. One whose settings are unusable must not keep the others from being told of. */
    ProviderOffer offered() {
        try {
            return offer.get();
        } catch (RuntimeException unusable) {
            return ProviderOffer.free(name, kind).without("its settings cannot be used: " + unusable.getMessage());
        }
    }
}
