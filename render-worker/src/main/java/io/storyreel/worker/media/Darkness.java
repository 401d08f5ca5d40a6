package io.storyreel.worker.media;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where nothing is to be seen or heard in a video.
 *
 * @param black stretches of at least 0.1 s in which 98 % of the pixels are black
 * @param silent stretches below {@value SoundSpan#THRESHOLD_DB} dB
 */
public record Darkness(List<Span> black, List<Span> silent) {

    public Darkness {
        black = List.copyOf(black);
        silent = List.copyOf(silent);
    }

    public boolean blackAt(Duration moment) {
        return black.stream().anyMatch(span -> span.covers(moment));
    }

    /** True when the whole stretch lies within one silence. */
    public boolean silentDuring(Duration from, Duration to) {
        return silent.stream()
                .anyMatch(span -> span.from().compareTo(from) <= 0 && span.to().compareTo(to) >= 0);
    }

    static final class Meter {

        static final String FILTER = "blackdetect=d=0.1:pic_th=0.98:pix_th=0.06";

        private static final Pattern BLACK = Pattern.compile(".*black_start:([0-9.]+) black_end:([0-9.]+) .*");

        private final List<Span> black = new ArrayList<>();
        private final SoundSpan sound = new SoundSpan();

        void log(String line) {
            sound.log(line);
            var found = BLACK.matcher(line);
            if (found.matches()) {
                black.add(new Span(seconds(found.group(1)), seconds(found.group(2))));
            }
        }

        Darkness reading(Duration length) {
            return new Darkness(black, sound.silences(length));
        }

        private static Duration seconds(String text) {
            return Duration.ofNanos(Math.round(Double.parseDouble(text) * 1e9));
        }
    }
}
