package io.storyreel.worker.media;

/** ffmpeg ran and said no; the message ends with its last lines. */
public final class FfmpegFailedException extends FfmpegException {

    private static final long serialVersionUID = 1L;

    FfmpegFailedException(int exitCode, String lastLines) {
        super("ffmpeg failed with exit code " + exitCode + ": " + lastLines);
    }
}
