package io.storyreel.common.job;

/** What a job does. A kind adds a handler in the worker; queue, lease, retry, progress and history are shared. */
public enum JobKind {
    /** The video of a storyboard. */
    RENDER,
    /** A picture for a scene, made of its prompt. */
    SCENE_IMAGE,
    /** A finished video in another format or size. */
    EXPORT;

    /** The name in rows, streams and JSON. */
    public String wireName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    public static JobKind of(String wireName) {
        return valueOf(wireName.toUpperCase(java.util.Locale.ROOT));
    }
}
