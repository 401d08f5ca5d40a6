package io.storyreel.worker.provider;

/** The provider will never do this as it was asked. Never repeated, never handed to another provider. */
public final class ProviderRefusedException extends ProviderException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why. */
    public enum Reason {
        /** The picture or the words go against the provider's rules. */
        CONTENT("content_refused"),
        /** The request cannot be fulfilled as it stands: a field, a model, a file. */
        INPUT("provider_refused"),
        /** Our key is wrong, missing or not allowed to. */
        ACCESS("provider_access"),
        /** Nothing left to pay with. */
        CREDIT("provider_credit_used_up"),
        /** The task, or its result, is not there any more. */
        GONE("provider_task_gone");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        /** For programs and rows. */
        public String code() {
            return code;
        }
    }

    public ProviderRefusedException(Reason reason, String message) {
        super(reason.code(), message, null);
        this.reason = reason;
    }

    /** A task has failed for good; {@code code} is what the provider's own reason is called here. */
    ProviderRefusedException(String code, String message) {
        super(code, message, null);
        this.reason = Reason.INPUT;
    }

    public Reason reason() {
        return reason;
    }
}
