package io.storyreel.common.storage;

/**
 * A file in the object store.
 *
 * @param size in bytes
 * @param etag as the server gives it, without quotes
 */
public record StoredObject(String key, long size, String mediaType, String etag) {}
