package io.storyreel.common.problem;

/**
 * One thing to change in a request.
 *
 * @param field path as the client wrote it, such as {@code script[2].text}
 * @param message the limit, the value and what to do
 */
public record Violation(String field, String message) {}
