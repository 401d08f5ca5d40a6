package io.storyreel.worker.export;

import io.vertx.core.json.JsonObject;

/**
 * The file of an export in the object store.
 *
 * @param size in bytes
 * @param seconds length of its longest track
 */
record MadeExport(String key, String mediaType, long size, String sha256, double seconds, int width, int height) {

    /** As the result of a render names its video, so that a job has a video whatever its kind. */
    String toResultJson() {
        JsonObject video = new JsonObject()
                .put("key", key)
                .put("media_type", mediaType)
                .put("size", size)
                .put("sha256", sha256)
                .put("seconds", seconds)
                .put("width", width)
                .put("height", height);
        return new JsonObject().put("video", video).encode();
    }
}
