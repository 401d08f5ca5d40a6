package io.storyreel.worker.provider;

import io.storyreel.worker.provider.http.AsksForPause;

import java.time.Duration;

/** The provider, or the way to it, is broken. A task that was being handed over was definitely not accepted. */
public non-sealed class ProviderOutageException extends ProviderException implements AsksForPause {
    private static final long serialVersionUID = 1L;

    private final transient Duration retryAfter;

    public ProviderOutageException(String message, Throwable cause) {
        this("provider_unavailable", message, null, cause);
    }

    /** @param retryAfter null if the provider does not say */
    public ProviderOutageException(String message, Duration retryAfter) {
        this("provider_unavailable", message, retryAfter, null);
    }

    ProviderOutageException(String code, String message, Duration retryAfter, Throwable cause) {
        super(code, message, cause);
        this.retryAfter = retryAfter;
    }

    @Override
    public Duration retryAfter() {
        return retryAfter;
    }
}
