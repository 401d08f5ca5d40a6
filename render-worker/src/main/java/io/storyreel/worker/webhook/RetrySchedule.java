package io.storyreel.worker.webhook;

import java.time.Duration;
import java.util.List;

/**
 * When a delivery is tried again.
 *
 * @param pauses before each try, the first included
 * @param longestWish the longest pause that a receiver may ask for
 */
record RetrySchedule(List<Duration> pauses, Duration longestWish) {
    /** Part of a pause by which it is lengthened at most. */
    private static final double JITTER = 0.2;

    RetrySchedule {
        if (pauses.isEmpty()) {
            throw new IllegalArgumentException("the schedule needs at least one try");
        }
        pauses = List.copyOf(pauses);
    }

    /**
     * The pause after a failure.
     *
     * @param failures that came before this one
     * @param wish the receiver's, or null
     * @param chance 0 to 1
     * @return null if that was the last try
     */
    Duration after(int failures, Duration wish, double chance) {
        int next = failures + 1;
        if (next >= pauses.size()) {
            return null;
        }
        Duration pause = pauses.get(next);
        Duration jittered = pause.plusMillis(Math.round(pause.toMillis() * JITTER * chance));
        if (wish == null) {
            return jittered;
        }
        Duration granted = wish.compareTo(longestWish) > 0 ? longestWish : wish;
        return granted.compareTo(jittered) > 0 ? granted : jittered;
    }
}
