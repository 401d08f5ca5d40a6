package io.storyreel.worker.media;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines of similar length, between words where there are any. */
final class LineBreaks {

    private LineBreaks() {}

    /** @param limit the most characters (code points) of a line */
    static List<String> of(String text, int limit) {
        var words = new ArrayList<String>();
        for (var word : clean(text).split(" ")) {
            words.addAll(pieces(word, limit));
        }
        int lines = wrap(words, limit).size();
        // The narrowest width that needs no more lines: two even lines read better than a full one and a word.
        int width = limit;
        while (width > 1 && wrap(words, width - 1).size() == lines && longest(words) < width) {
            width--;
        }
        return wrap(words, width);
    }

    private static String clean(String text) {
        return text.replaceAll("[\\p{Cntrl}\\s\\u2028\\u2029]+", " ").strip();
    }

    private static List<String> wrap(List<String> words, int width) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : words) {
            if (!line.isEmpty() && length(line) + 1 + length(word) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
        return lines;
    }

    private static int longest(List<String> words) {
        return words.stream().mapToInt(LineBreaks::length).max().orElse(0);
    }

    private static List<String> pieces(String word, int limit) {
        var pieces = new ArrayList<String>();
        int[] points = word.codePoints().toArray();
        for (int from = 0; from < points.length; from += limit) {
            pieces.add(new String(points, from, Math.min(limit, points.length - from)));
        }
        return pieces;
    }

    private static int length(CharSequence text) {
        return (int) text.codePoints().count();
    }
}
