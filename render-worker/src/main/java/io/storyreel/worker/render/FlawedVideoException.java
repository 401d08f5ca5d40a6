package io.storyreel.worker.render;

/** A finished video is not what was planned. */
final class FlawedVideoException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FlawedVideoException(String flaw) {
        super(flaw, null, false, false);
    }
}
