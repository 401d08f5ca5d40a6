package io.storyreel.common.provider;

import io.quarkus.runtime.annotations.RegisterForReflection;

import java.time.Instant;

/**
 * How one worker fares with a provider. What is not known yet, or does not apply, is null.
 *
 * @param circuit null if the provider has none because it is not called over a network
 * @param lastError the last that speaks against the provider; a refusal of the user's content does not
 * @param latencyMsP50 median of the last calls, in milliseconds
 * @param rateLimitedUntil when the provider may be asked again, if it wished to be left alone
 */
@RegisterForReflection
public record ProviderHealth(
        Circuit circuit, Instant lastSuccessAt, LastError lastError, Long latencyMsP50, Instant rateLimitedUntil) {

    /** Nobody has called it yet. */
    public static final ProviderHealth UNKNOWN = new ProviderHealth(null, null, null, null, null);

    /** From the best to the worst. */
    public enum Circuit {
        CLOSED,
        HALF_OPEN,
        OPEN
    }

    /**
     * @param kind for programs, such as {@code timeout}
     * @param message for people, in words of ours
     */
    @RegisterForReflection
    public record LastError(String kind, String message, Instant at) {}
}
