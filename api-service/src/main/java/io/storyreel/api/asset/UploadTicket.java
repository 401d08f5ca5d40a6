package io.storyreel.api.asset;

import java.time.Instant;
import java.util.UUID;

/**
 * What was agreed on before a file is sent straight to the object store.
 *
 * @param expiresAt whole seconds; by then it must be completed
 * @param size in bytes
 * @param sha256 64 hex digits
 */
record UploadTicket(UUID id, Instant expiresAt, long size, String sha256, FileType type) {}
