package io.storyreel.worker.provider;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A video in the object store.
 *
 * @param size in bytes
 * @param sha256 of the file, 64 hex digits
 * @param seconds its length
 * @param posterKey a picture of it, JPEG
 */
@RegisterForReflection
public record FinishedVideo(
        String key, String mediaType, long size, String sha256, double seconds, int width, int height, String posterKey)
        implements MadeVideo {}
