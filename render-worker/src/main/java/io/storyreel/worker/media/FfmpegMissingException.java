package io.storyreel.worker.media;

/** ffmpeg cannot be started: not installed, not executable, or not for this machine. */
public final class FfmpegMissingException extends FfmpegException {

    private static final long serialVersionUID = 1L;

    FfmpegMissingException(String detail, Throwable cause) {
        super(
                "ffmpeg cannot be started: install it, or set STORYREEL_FFMPEG to the path of an ffmpeg 4.4 or newer ("
                        + detail + ")",
                cause);
    }
}
