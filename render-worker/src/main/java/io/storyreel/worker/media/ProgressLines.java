package io.storyreel.worker.media;

import java.time.Duration;
import java.util.function.DoubleConsumer;

/** Turns the key=value lines of ffmpeg's {@code -progress} into a fraction that never falls. */
final class ProgressLines {

    private static final String TIME = "out_time_us=";
    private static final String END = "progress=end";

    private final double plannedMicros;
    private final DoubleConsumer fraction;
    private double reported = -1;

    ProgressLines(Duration planned, DoubleConsumer fraction) {
        this.plannedMicros = Math.max(1, planned.toNanos() / 1_000.0);
        this.fraction = fraction;
    }

    void accept(String line) {
        if (line.equals(END)) {
            report(1);
        } else if (line.startsWith(TIME)) {
            // "N/A" before the first frame, and a negative time while the encoder looks ahead.
            var value = line.substring(TIME.length());
            if (!value.isEmpty() && value.chars().allMatch(Character::isDigit)) {
                report(Math.min(1, Double.parseDouble(value) / plannedMicros));
            }
        }
    }

    private void report(double value) {
        if (value > reported) {
            reported = value;
            fraction.accept(value);
        }
    }
}
