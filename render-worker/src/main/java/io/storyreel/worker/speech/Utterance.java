package io.storyreel.worker.speech;

/**
 * Something to be said.
 *
 * @param voice neutral name of the voice, {@code default} for the configured one; once cast, the provider's own name
 */
public record Utterance(String text, String voice) {

    /** Unicode characters, not Java's. */
    public int characters() {
        return text.codePointCount(0, text.length());
    }
}
