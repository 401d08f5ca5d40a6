package io.storyreel.worker.media;

/** An ffmpeg run that gave no result. The subclasses say why; the message is fit for an operator. */
public abstract sealed class FfmpegException extends RuntimeException
        permits FfmpegMissingException,
                FfmpegFailedException,
                FfmpegKilledException,
                FfmpegTimedOutException,
                ScratchFullException {

    private static final long serialVersionUID = 1L;

    FfmpegException(String message) {
        super(message);
    }

    FfmpegException(String message, Throwable cause) {
        super(message, cause);
    }
}
