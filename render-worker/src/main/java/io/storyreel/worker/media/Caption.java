package io.storyreel.worker.media;

import java.time.Duration;
import java.util.List;

/** Text on the screen for a while, in at most two lines. */
public record Caption(Duration from, Duration to, List<String> lines) {

    public Caption {
        lines = List.copyOf(lines);
    }
}
