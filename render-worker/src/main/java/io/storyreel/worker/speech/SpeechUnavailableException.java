package io.storyreel.worker.speech;

import io.storyreel.worker.provider.http.AsksForPause;

import java.time.Duration;

/** The speech server cannot answer right now. */
public sealed class SpeechUnavailableException extends RuntimeException implements AsksForPause
        permits SpeechBusyException {
    private static final long serialVersionUID = 1L;

    private final transient Duration retryAfter;

    /** @param retryAfter how long the server asks to be left alone; null if it does not say */
    public SpeechUnavailableException(String message, Duration retryAfter, Throwable cause) {
        super(message, cause, false, false);
        this.retryAfter = retryAfter;
    }

    @Override
    public Duration retryAfter() {
        return retryAfter;
    }
}
