package io.storyreel.common.provider;

import java.time.Instant;

/**
 * What a worker said last of one of its providers.
 *
 * @param living whether the worker has reported lately
 */
public record ProviderState(ProviderOffer offer, ProviderHealth health, Instant reportedAt, boolean living) {}
