package io.storyreel.worker.media;

import java.nio.file.Path;
import java.time.Duration;

/**
 * A finished video.
 *
 * @param elapsed time ffmpeg took for the picture and the final encoding
 */
public record Composed(Path file, Duration elapsed) {}
