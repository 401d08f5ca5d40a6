package io.storyreel.worker.fetch;

import java.nio.file.Path;

/**
 * A file that is complete on disk. What it is, its bytes have to tell: what the server says is not believed.
 *
 * @param size in bytes
 * @param sha256 of its content, 64 hex digits
 */
public record FetchedFile(Path path, long size, String sha256) {}
