package io.storyreel.worker.provider;

/**
 * A provider did not do what it was asked. What to do about it is in the kind: a refusal is final, a busy provider is
 * asked again when it wishes, an outage is what fallbacks are for.
 */
public abstract sealed class ProviderException extends RuntimeException
        permits ProviderRefusedException, ProviderBusyException, ProviderOutageException {
    private static final long serialVersionUID = 1L;

    private final String code;

    /** @param message for the user, in words of ours: a vendor's own may repeat keys and prompts */
    ProviderException(String code, String message, Throwable cause) {
        super(message, cause, false, false);
        this.code = code;
    }

    /** For programs, such as {@code content_refused}. */
    public final String code() {
        return code;
    }
}
