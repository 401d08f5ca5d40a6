package io.storyreel.common.address;

/** A host may not, or cannot, be connected to. The message is for the user and completes a sentence about a field. */
public final class AddressException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean passing;

    AddressException(String message, boolean passing, Throwable cause) {
        super(message, cause, false, false);
        this.passing = passing;
    }

    /** Whether it may be better a little later: the name cannot be looked up right now. */
    public boolean isPassing() {
        return passing;
    }
}
