package io.storyreel.worker.webhook;

import java.time.Duration;

/**
 * What came of one attempt.
 *
 * @param status of the receiver's answer; null if there was none
 * @param text the beginning of the answer; null if there was none
 * @param error why the attempt failed; null if it did not
 * @param retryAfter the pause that the receiver asked for; null if it asked for none
 */
record Answer(Integer status, String text, String error, Duration retryAfter) {
    private static final int GONE = 410;

    static Answer none(String error) {
        return new Answer(null, null, error, null);
    }

    static Answer of(int status, String text, Duration retryAfter) {
        return new Answer(status, text, flaw(status), retryAfter);
    }

    boolean isGood() {
        return error == null;
    }

    /** Whether the receiver wants to hear nothing any more. */
    boolean isGoodbye() {
        return status != null && status == GONE;
    }

    private static String flaw(int status) {
        if (status >= 200 && status < 300) {
            return null;
        }
        return status >= 300 && status < 400
                ? "the receiver answered " + status + ", and redirects are not followed: register the final address"
                : "the receiver answered " + status;
    }
}
