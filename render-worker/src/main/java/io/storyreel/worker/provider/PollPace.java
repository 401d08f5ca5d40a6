package io.storyreel.worker.provider;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often to ask for a task: often at first, less often the longer it lasts, and never in step with others. The
 * interval grows evenly with the time that has passed, which is the same as growing by a constant factor from one
 * question to the next.
 *
 * @param shortest between two questions at the beginning
 * @param longest between two questions at the end
 * @param growing the time over which the interval grows from the one to the other
 * @param jitter by which part an interval may be shorter or longer, 0 to below 1
 */
public record PollPace(Duration shortest, Duration longest, Duration growing, double jitter) {

    public PollPace {
        if (shortest.isNegative() || shortest.isZero()) {
            throw new IllegalArgumentException("a task must not be asked for without a pause, not " + shortest);
        }
        if (longest.compareTo(shortest) < 0) {
            throw new IllegalArgumentException(
                    "the longest interval " + longest + " is below the shortest " + shortest);
        }
        if (growing.isNegative()) {
            throw new IllegalArgumentException("the interval cannot have grown before it began: " + growing);
        }
        if (!(jitter >= 0 && jitter < 1)) {
            throw new IllegalArgumentException("the jitter must be from 0 to below 1, not " + jitter);
        }
    }

    /** When to ask next, with a chance of its own. */
    public Duration next(Duration elapsed) {
        return next(elapsed, ThreadLocalRandom.current().nextDouble());
    }

    /**
     * When to ask next.
     *
     * @param elapsed since the task was begun
     * @param chance 0 to 1, by which the jitter is spread
     */
    public Duration next(Duration elapsed, double chance) {
        double grown =
                growing.isZero() ? 1 : Math.min(1, Math.max(0, (double) elapsed.toMillis() / growing.toMillis()));
        double interval = shortest.toMillis() + grown * (longest.toMillis() - shortest.toMillis());
        return Duration.ofMillis(Math.max(1, Math.round(interval * (1 + jitter * (2 * chance - 1)))));
    }
}
