package io.storyreel.worker.provider;

/** What a provider has made is not what it should be: no video, cut off, or not the file it said. */
public final class BrokenResultException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message for the user */
    public BrokenResultException(String message, Throwable cause) {
        super(message, cause, false, false);
    }
}
