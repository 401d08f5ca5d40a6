package io.storyreel.worker.provider;

/**
 * What was called for has not arrived, or not in one piece, though it may have been made: because an answer was cut off,
 * or never came, or was no answer of the provider's.
 */
public final class ResultLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message for the user */
    public ResultLostException(String message, Throwable cause) {
        super(message, cause, false, false);
    }
}
