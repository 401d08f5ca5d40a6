package io.storyreel.worker.fetch;

/** What a provider made, and may have charged for, is of no use as it came here. */
public final class CorruptResultException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Flaw flaw;

    /** What is wrong with a file. */
    public enum Flaw {
        /** Something else than what was ordered, such as an HTML page. */
        OTHER_KIND("result_other_kind"),
        TOO_SMALL("result_too_small"),
        /** Above our limit, or longer than the provider says. */
        TOO_LARGE("result_too_large"),
        /** Shorter than the provider says. */
        WRONG_SIZE("result_wrong_size"),
        WRONG_DIGEST("result_wrong_digest"),
        /** Its address is none, or leads where we do not go. */
        BAD_ADDRESS("result_bad_address"),
        /** No address that the provider gives leads to it any more. */
        GONE("result_gone");

        private final String code;

        Flaw(String code) {
            this.code = code;
        }

        /** For programs and rows. */
        public String code() {
            return code;
        }
    }

    /** @param message for the user, beginning with "the file" */
    CorruptResultException(Flaw flaw, String message) {
        super(message, null, false, false);
        this.flaw = flaw;
    }

    public Flaw flaw() {
        return flaw;
    }
}
