package io.storyreel.worker.fetch;

/** A file could not be fetched. The message is for the user and completes a sentence that names the field. */
public final class FetchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean passing;

    private FetchException(String message, boolean passing, Throwable cause) {
        super(message, cause, false, false);
        this.passing = passing;
    }

    /** The address or the file has to be changed. */
    static FetchException lasting(String message) {
        return new FetchException(message, false, null);
    }

    /** The network, or the server at the other end, may be better a little later. */
    static FetchException passing(String message, Throwable cause) {
        return new FetchException(message, true, cause);
    }

    public boolean isPassing() {
        return passing;
    }
}
