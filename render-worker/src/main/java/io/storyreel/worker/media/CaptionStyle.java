package io.storyreel.worker.media;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Captions as an Advanced SubStation file for libass, white on a dark outline in the lower part of the picture. Text
 * goes into this file and never into a filter's arguments, so no character of it can mean anything to ffmpeg.
 */
final class CaptionStyle {

    static final String FONT = "DejaVu Sans";

    /** Size and distances in shares of the short side, so that captions look the same in every shape. */
    private static final double SIZE = 0.05;

    private static final double MARGIN = 0.07;
    private static final double OUTLINE = 0.0035;

    /** libass reads a backslash as the start of a command; a word joiner after it takes that meaning away. */
    private static final String LITERAL_BACKSLASH = "\\\u2060";

    private CaptionStyle() {}

    static String ass(List<Caption> captions, Canvas canvas) {
        double unit = Math.min(canvas.width(), canvas.height());
        var header = String.format(
                Locale.ROOT,
                """
                [Script Info]
                ScriptType: v4.00+
                PlayResX: %d
                PlayResY: %d
                WrapStyle: 0
                ScaledBorderAndShadow: yes

                [V4+ Styles]
                Format: Name, Fontname, Fontsize, PrimaryColour, OutlineColour, BackColour, Bold, BorderStyle, Outline,\
                 Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
                Style: Voice,%s,%.1f,&H00FFFFFF,&H30000000,&H80000000,0,1,%.2f,%.2f,2,%d,%d,%d,-1

                [Events]
                Format: Layer, Start, End, Style, Text
                """,
                canvas.width(),
                canvas.height(),
                FONT,
                unit * SIZE,
                unit * OUTLINE,
                unit * OUTLINE / 2,
                Math.round(canvas.width() * 0.05),
                Math.round(canvas.width() * 0.05),
                Math.round(canvas.height() * MARGIN));
        return captions.stream()
                .map(caption -> "Dialogue: 0,%s,%s,Voice,%s\n"
                        .formatted(
                                clock(caption.from()),
                                clock(caption.to()),
                                caption.lines().stream()
                                        .map(CaptionStyle::escape)
                                        .collect(Collectors.joining("\\N"))))
                .collect(Collectors.joining("", header, ""));
    }

    private static String escape(String line) {
        return line.replace("\\", LITERAL_BACKSLASH).replace("{", "\\{").replace("}", "\\}");
    }

    private static String clock(Duration moment) {
        return String.format(
                Locale.ROOT,
                "%d:%02d:%02d.%02d",
                moment.toHours(),
                moment.toMinutesPart(),
                moment.toSecondsPart(),
                moment.toMillisPart() / 10);
    }
}
