package io.storyreel.worker.media;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * The script as captions. A line of the script too long for two lines on screen becomes several captions, which share
 * the time of its voice by their number of characters.
 */
public final class Captions {

    /** The length at which broadcasters break lines. */
    static final int LINE_LENGTH = 42;

    private static final int LINES_AT_ONCE = 2;

    private Captions() {}

    /** @param texts the script: the text of line {@link TimedVoice#line()} */
    public static List<Caption> of(Timeline timeline, IntFunction<String> texts) {
        var captions = new ArrayList<Caption>();
        for (var voice : timeline.voices()) {
            captions.addAll(split(voice.start(), voice.length(), texts.apply(voice.line())));
        }
        return captions;
    }

    /** SubRip; UTF-8. */
    public static String srt(List<Caption> captions) {
        var file = new StringBuilder();
        for (int k = 0; k < captions.size(); k++) {
            var caption = captions.get(k);
            file.append(k + 1)
                    .append('\n')
                    .append(clock(caption.from(), ','))
                    .append(" --> ")
                    .append(clock(caption.to(), ','))
                    .append('\n')
                    .append(String.join("\n", caption.lines()))
                    .append("\n\n");
        }
        return file.toString();
    }

    /** WebVTT; UTF-8. */
    public static String vtt(List<Caption> captions) {
        var file = new StringBuilder("WEBVTT\n\n");
        for (var caption : captions) {
            file.append(clock(caption.from(), '.'))
                    .append(" --> ")
                    .append(clock(caption.to(), '.'))
                    .append('\n')
                    .append(caption.lines().stream().map(Captions::escapeVtt).collect(Collectors.joining("\n")))
                    .append("\n\n");
        }
        return file.toString();
    }

    private static List<Caption> split(Duration from, Duration length, String text) {
        var lines = LineBreaks.of(text, LINE_LENGTH);
        double characters = lines.stream().mapToInt(String::length).sum();
        var captions = new ArrayList<Caption>();
        double shown = 0;
        for (int k = 0; k < lines.size(); k += LINES_AT_ONCE) {
            var part = lines.subList(k, Math.min(k + LINES_AT_ONCE, lines.size()));
            double size = part.stream().mapToInt(String::length).sum();
            captions.add(new Caption(
                    from.plus(share(length, shown / characters)),
                    from.plus(share(length, (shown + size) / characters)),
                    part));
            shown += size;
        }
        return captions;
    }

    private static Duration share(Duration length, double part) {
        return Duration.ofMillis(Math.round(length.toMillis() * part));
    }

    private static String clock(Duration moment, char point) {
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d%c%03d",
                moment.toHours(),
                moment.toMinutesPart(),
                moment.toSecondsPart(),
                point,
                moment.toMillisPart());
    }

    private static String escapeVtt(String line) {
        return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
