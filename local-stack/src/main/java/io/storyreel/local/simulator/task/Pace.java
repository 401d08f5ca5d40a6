package io.storyreel.local.simulator.task;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How fast a vendor is.
 *
 * @param queue the time a task waits although nothing is in its way
 * @param run the time a task runs
 * @param concurrency how many tasks run at once, at least 1
 * @param outputLife how long an address of a result works
 */
public record Pace(Span queue, Span run, int concurrency, Duration outputLife) {

    /** A length of time chosen anew each time, between the two. */
    public record Span(Duration shortest, Duration longest) {

        public Span {
            if (shortest.isNegative() || longest.compareTo(shortest) < 0) {
                throw new IllegalArgumentException("a span from " + shortest + " to " + longest);
            }
        }

        public static Span of(Duration exactly) {
            return new Span(exactly, exactly);
        }

        Duration choose(RandomGenerator random) {
            return Duration.ofNanos(random.nextLong(shortest.toNanos(), longest.toNanos() + 1));
        }
    }

    public Pace {
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency is " + concurrency + ", at least 1 is needed");
        }
    }

    /** Five to ten seconds, five at a time. */
    public static Pace realistic() {
        return new Pace(
                new Span(Duration.ofMillis(500), Duration.ofMillis(1500)),
                new Span(Duration.ofMillis(4500), Duration.ofMillis(8500)),
                5,
                Duration.ofHours(24));
    }

    /** Done as soon as its media is made, for tests. */
    public static Pace instant() {
        return new Pace(Span.of(Duration.ZERO), Span.of(Duration.ZERO), 1000, Duration.ofHours(24));
    }

    /** Each task waits and runs for exactly so long. */
    public static Pace exactly(Duration queue, Duration run) {
        return new Pace(Span.of(queue), Span.of(run), 1000, Duration.ofHours(24));
    }

    public Pace withConcurrency(int most) {
        return new Pace(queue, run, most, outputLife);
    }

    public Pace withOutputLife(Duration life) {
        return new Pace(queue, run, concurrency, life);
    }
}
