package io.storyreel.worker.provider;

/**
 * A request was sent and no usable answer came: the provider may have done what it was asked, and may charge for it.
 * Counts as an outage for the circuit, but must not be repeated blindly.
 */
public final class OutcomeUnknownException extends ProviderOutageException {
    private static final long serialVersionUID = 1L;

    public OutcomeUnknownException(String message, Throwable cause) {
        super("provider_outcome_unknown", message, null, cause);
    }
}
