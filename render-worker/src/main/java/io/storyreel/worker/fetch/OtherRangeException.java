package io.storyreel.worker.fetch;

/** The server sent another part of the file than the one that was asked for. */
final class OtherRangeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OtherRangeException() {
        super("the server sent another part of the file than the missing one", null, false, false);
    }
}
