package io.storyreel.common.provider;

/**
 * What a worker says of one of its providers.
 *
 * @param turn who of several that were set up for the same is asked first: 0, then 1, and so on
 */
public record ProviderReport(ProviderOffer offer, ProviderHealth health, int turn) {
    public ProviderReport(ProviderOffer offer, ProviderHealth health) {
        this(offer, health, 0);
    }
}
