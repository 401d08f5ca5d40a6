package io.storyreel.worker.media;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/** The last lines of a log that may be endless, each cut to a bounded length. */
final class LogTail {

    static final int LINES = 40;
    private static final int LINE_LENGTH = 500;

    private final Deque<String> lines = new ArrayDeque<>();

    synchronized void add(String line) {
        if (line.isBlank()) {
            return;
        }
        if (lines.size() == LINES) {
            lines.removeFirst();
        }
        lines.addLast(line.length() > LINE_LENGTH ? line.substring(0, LINE_LENGTH) : line);
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    synchronized String last() {
        return lines.isEmpty() ? "" : lines.getLast().strip();
    }

    /** The last few lines in one. */
    synchronized String last(int count) {
        return lines().subList(Math.max(0, lines.size() - count), lines.size()).stream()
                .map(String::strip)
                .collect(Collectors.joining("; "));
    }

    synchronized boolean mentions(String text) {
        return lines.stream().anyMatch(line -> line.contains(text));
    }
}
