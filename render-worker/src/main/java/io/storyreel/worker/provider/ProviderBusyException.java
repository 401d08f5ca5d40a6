package io.storyreel.worker.provider;

import io.storyreel.worker.provider.http.AsksForPause;

import java.time.Duration;

/** The provider wants to be left alone for a while. Says nothing against it, so it opens no circuit. */
public final class ProviderBusyException extends ProviderException implements AsksForPause {
    private static final long serialVersionUID = 1L;

    private final transient Duration retryAfter;

    /** @param retryAfter null if the provider does not say */
    public ProviderBusyException(String message, Duration retryAfter) {
        super("provider_busy", message, null);
        this.retryAfter = retryAfter;
    }

    @Override
    public Duration retryAfter() {
        return retryAfter;
    }
}
