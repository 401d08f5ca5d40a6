package io.storyreel.common.provider;

import java.time.Instant;

/**
 * What a worker said last of one of its providers.
 *
 * @param living whether the worker has reported lately
 */
public record ProviderState(ProviderReport report, Instant reportedAt, boolean living) {
    public ProviderState(ProviderOffer offer, ProviderHealth health, Instant reportedAt, boolean living) {
        this(new ProviderReport(offer, health), reportedAt, living);
    }

    public ProviderOffer offer() {
        return report.offer();
    }

    public ProviderHealth health() {
        return report.health();
    }
}
