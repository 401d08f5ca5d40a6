package io.storyreel.local.client;

/**
 * One event of a stream.
 *
 * @param id what to resume after; empty when the server numbers nothing
 */
public record SseEvent(String id, String name, String data) {}
