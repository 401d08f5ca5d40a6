package io.storyreel.worker.media;

import java.time.Duration;
import java.util.List;

/**
 * A run that ended well.
 *
 * @param elapsed time the process ran, waiting for a core not counted
 * @param lastLines the end of the log, oldest first, at most {@value LogTail#LINES} lines
 */
public record FfmpegResult(Duration elapsed, List<String> lastLines) {

    public FfmpegResult {
        lastLines = List.copyOf(lastLines);
    }
}
