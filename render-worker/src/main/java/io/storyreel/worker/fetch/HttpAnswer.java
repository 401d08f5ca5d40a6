package io.storyreel.worker.fetch;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/**
 * What a server said.
 *
 * @param body the beginning of an answer that is not a file; empty if it is one
 * @param size bytes written to the file; 0 unless the status is 200
 * @param sha256 of the file
 */
public record HttpAnswer(int status, MultiMap headers, Buffer body, long size, String sha256) {}
