package io.storyreel.worker.media;

import java.util.regex.Pattern;

/**
 * Loudness after EBU R128.
 *
 * @param integrated LUFS over the whole, gated; {@link #SILENCE} when nothing passes the gate
 * @param peak highest sample in dB below full scale
 */
public record Loudness(double integrated, double peak) {

    /** What R128 meters show for silence and for sounds shorter than their 0.4 s window. */
    public static final double SILENCE = -70;

    public boolean measurable() {
        return integrated > SILENCE;
    }

    /** Collects the summary that ffmpeg's {@code ebur128} writes to the log. */
    static final class Meter {

        static final String FILTER = "ebur128=peak=sample:framelog=verbose";

        private static final Pattern INTEGRATED = Pattern.compile("\\s*I: +(-?[0-9.]+|-?inf|nan) LUFS.*");
        private static final Pattern PEAK = Pattern.compile("\\s*Peak: +(-?[0-9.]+|-?inf|nan) dBFS.*");

        private double integrated = SILENCE;
        private double peak = Double.NEGATIVE_INFINITY;

        void log(String line) {
            var loud = INTEGRATED.matcher(line);
            if (loud.matches()
                    && Character.isDigit(loud.group(1).charAt(loud.group(1).length() - 1))) {
                integrated = Math.max(SILENCE, Double.parseDouble(loud.group(1)));
            }
            var max = PEAK.matcher(line);
            if (max.matches()
                    && Character.isDigit(max.group(1).charAt(max.group(1).length() - 1))) {
                peak = Double.parseDouble(max.group(1));
            }
        }

        Loudness reading() {
            return new Loudness(integrated, peak);
        }
    }
}
