package io.storyreel.worker.speech;

import java.time.Duration;

/** We are too fast for the speech server. Says nothing against it, so it opens no circuit and calls no fallback. */
public final class SpeechBusyException extends SpeechUnavailableException {
    private static final long serialVersionUID = 1L;

    public SpeechBusyException(String message, Duration retryAfter) {
        super(message, retryAfter, null);
    }
}
