package io.storyreel.worker.speech;

/** The speech server will not say this, now or later. The message is for the user. */
public final class SpeechRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    public SpeechRefusedException(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /** For programs, such as {@code voice_not_found}. */
    public String code() {
        return code;
    }
}
