package io.storyreel.worker.media;

/** A file that is not what it should be: another type, cut off, or damaged. The message is fit for a user. */
public final class UnreadableMediaException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnreadableMediaException(String message) {
        super(message);
    }

    public UnreadableMediaException(String message, Throwable cause) {
        super(message, cause);
    }
}
