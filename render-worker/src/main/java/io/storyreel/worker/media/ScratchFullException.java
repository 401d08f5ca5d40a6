package io.storyreel.worker.media;

import java.nio.file.Path;

/** The disk that holds the scratch directory is full. */
public final class ScratchFullException extends FfmpegException {

    private static final long serialVersionUID = 1L;

    ScratchFullException(Path directory) {
        super("No space left on the disk of " + directory
                + ": free some, or point STORYREEL_SCRATCH_DIR to a larger one");
    }
}
