package io.storyreel.worker.speech;

/**
 * Something to be said.
 *
 * @param voice neutral name of the voice, {@code default} for the configured one
 */
public record Utterance(String text, String voice) {}
