package io.storyreel.worker.speech;

/** The speech server will not say this, now or later. The message is for the user, in words of ours. */
public final class SpeechRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Subject subject;

    /** What it is about, and what programs call it. */
    public enum Subject {
        VOICE("voice_not_found"),
        TEXT("speech_refused"),
        /** A key, model or address: for the operator. */
        SETTINGS("speech_not_set_up"),
        CREDIT("speech_credit_used_up");

        private final String code;

        Subject(String code) {
            this.code = code;
        }
    }

    public SpeechRefusedException(Subject subject, String message) {
        super(message, null, false, false);
        this.subject = subject;
    }

    public Subject subject() {
        return subject;
    }

    /** For programs, such as {@code voice_not_found}. */
    public String code() {
        return subject.code;
    }
}
