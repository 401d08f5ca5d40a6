package io.storyreel.worker.fetch;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/**
 * What a server said.
 *
 * @param body the beginning of an answer that is not a file; empty if it is one
 * @param size bytes written to the file; 0 if the answer is not a file
 * @param sha256 of the file; null if the answer is not one
 */
public record HttpAnswer(int status, MultiMap headers, Buffer body, long size, String sha256) {}
