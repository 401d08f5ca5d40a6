package io.storyreel.worker.media;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;

/**
 * One run of ffmpeg.
 *
 * @param arguments what follows the options every run gets; each input names its format with {@code -f}
 * @param directory the working directory; relative names in the arguments and in filters are resolved against it, so
 *     that no path needs escaping inside a filter
 * @param deadline the run is stopped after this time, waiting for a core not counted
 * @param logLevel {@code error}, or {@code info} for runs whose measurements ffmpeg writes to its log
 * @param stdout what becomes of standard output
 * @param log told each line of the log; only the last lines are kept otherwise
 */
public record FfmpegCommand(
        List<String> arguments,
        Path directory,
        Duration deadline,
        String logLevel,
        Stdout stdout,
        Consumer<String> log) {

    /** What becomes of ffmpeg's standard output. */
    public sealed interface Stdout {}

    /**
     * Standard output carries ffmpeg's progress.
     *
     * @param planned length of the output
     * @param fraction told 0 to 1, never falling, about twice a second
     */
    public record Progress(Duration planned, DoubleConsumer fraction) implements Stdout {}

    /** Standard output carries the result, as text. */
    public record Lines(Consumer<String> line) implements Stdout {}

    public FfmpegCommand {
        arguments = List.copyOf(arguments);
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("deadline must be positive, not " + deadline);
        }
    }

    /** A run that writes files. */
    public static FfmpegCommand encode(
            List<String> arguments, Path directory, Duration deadline, Duration planned, DoubleConsumer fraction) {
        return new FfmpegCommand(arguments, directory, deadline, "error", new Progress(planned, fraction), line -> {});
    }

    /** A run that writes text to its standard output ({@code -}) and, from its measuring filters, to its log. */
    public static FfmpegCommand measure(
            List<String> arguments, Path directory, Duration deadline, Consumer<String> stdout, Consumer<String> log) {
        return new FfmpegCommand(arguments, directory, deadline, "info", new Lines(stdout), log);
    }
}
