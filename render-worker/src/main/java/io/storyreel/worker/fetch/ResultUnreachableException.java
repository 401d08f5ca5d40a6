package io.storyreel.worker.fetch;

/** A provider's file could not be fetched now, however often it was tried; it may be to be had a little later. */
public final class ResultUnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ResultUnreachableException(String message, Throwable cause) {
        super(message, cause, false, false);
    }
}
