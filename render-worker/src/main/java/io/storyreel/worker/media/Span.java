package io.storyreel.worker.media;

import java.time.Duration;

/** A stretch of time in a media file. */
public record Span(Duration from, Duration to) {

    public Duration length() {
        return to.minus(from);
    }

    public boolean covers(Duration moment) {
        return from.compareTo(moment) <= 0 && to.compareTo(moment) > 0;
    }
}
