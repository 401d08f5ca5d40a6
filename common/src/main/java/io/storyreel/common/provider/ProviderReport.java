package io.storyreel.common.provider;

/** What a worker says of one of its providers. */
public record ProviderReport(ProviderOffer offer, ProviderHealth health) {}
