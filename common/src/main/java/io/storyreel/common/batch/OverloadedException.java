package io.storyreel.common.batch;

/** More calls are waiting than may wait; the caller should try again a little later. */
public final class OverloadedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public OverloadedException(String what, int limit) {
        super(what + ": more than " + limit + " calls are waiting", null, false, false);
    }
}
