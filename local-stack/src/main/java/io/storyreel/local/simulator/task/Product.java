package io.storyreel.local.simulator.task;

import java.nio.file.Path;

/**
 * A file a task has made.
 *
 * @param bytes size of the file
 * @param sha256 64 hex digits
 * @param seconds length, 0 for a picture
 */
public record Product(Path file, String contentType, long bytes, String sha256, double seconds) {}
