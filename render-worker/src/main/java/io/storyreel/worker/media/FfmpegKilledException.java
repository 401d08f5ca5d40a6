package io.storyreel.worker.media;

/** ffmpeg was ended from outside, by a signal: the system short of memory, or an operator. */
public final class FfmpegKilledException extends FfmpegException {

    private static final long serialVersionUID = 1L;

    FfmpegKilledException(int signal, String lastLine) {
        super("ffmpeg was killed by signal " + signal + (lastLine.isEmpty() ? "" : "; it last said: " + lastLine));
    }
}
