package io.storyreel.common.storage;

import java.time.Instant;

/**
 * A file as a listing of the object store tells of it.
 *
 * @param size in bytes
 * @param modifiedAt by the clock of the object store
 */
public record ListedObject(String key, long size, Instant modifiedAt) {}
