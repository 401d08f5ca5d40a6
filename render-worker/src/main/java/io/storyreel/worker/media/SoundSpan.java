package io.storyreel.worker.media;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Collects what ffmpeg's {@code silencedetect} writes to the log. */
final class SoundSpan {

    /** What is quieter counts as silence. Recorded room noise lies below, breath and consonants above. */
    static final int THRESHOLD_DB = -45;

    static final String FILTER = "silencedetect=noise=" + THRESHOLD_DB + "dB:duration=0.05";

    private static final Pattern START = Pattern.compile(".*silence_start: (-?[0-9.e+-]+).*");
    private static final Pattern END = Pattern.compile(".*silence_end: (-?[0-9.e+-]+) .*");

    private final List<Duration> starts = new ArrayList<>();
    private final List<Duration> ends = new ArrayList<>();

    void log(String line) {
        collect(START, line, starts);
        collect(END, line, ends);
    }

    /** The silences; the last one may lack its end when the file ends in it. */
    List<Span> silences(Duration length) {
        var spans = new ArrayList<Span>();
        for (int i = 0; i < starts.size(); i++) {
            var end = i < ends.size() ? ends.get(i) : length;
            spans.add(new Span(starts.get(i), end.compareTo(length) > 0 ? length : end));
        }
        return spans;
    }

    private static void collect(Pattern pattern, String line, List<Duration> moments) {
        var found = pattern.matcher(line);
        if (found.matches()) {
            double seconds = Math.max(0, Double.parseDouble(found.group(1)));
            moments.add(Duration.ofNanos(Math.round(seconds * 1e9)));
        }
    }
}
