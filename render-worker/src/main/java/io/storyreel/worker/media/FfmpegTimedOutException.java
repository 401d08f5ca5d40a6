package io.storyreel.worker.media;

import java.time.Duration;

/** ffmpeg was stopped because it ran past its deadline. */
public final class FfmpegTimedOutException extends FfmpegException {

    private static final long serialVersionUID = 1L;

    FfmpegTimedOutException(Duration deadline) {
        super("ffmpeg was stopped: it took longer than " + deadline.toSeconds() + " s");
    }
}
