package io.storyreel.worker.provider.mock;

import java.time.Duration;
import java.util.UUID;

/**
 * When a mock task reaches 10, 30, 60, 90 and 100 %. A function of the job and of the time since the task was begun, so
 * a worker that adopts the task goes on where it was.
 *
 * @param total how long the task takes
 */
record MockSchedule(Duration total) {
    private static final int[] STAGES = {10, 30, 60, 90};

    /** Evenly spread between the two lengths by the job's id, always the same for the same job. */
    static MockSchedule of(UUID job, MockSettings settings) {
        long least = settings.durationMin().toMillis();
        long most = Math.max(least, settings.durationMax().toMillis());
        return new MockSchedule(Duration.ofMillis(least + Math.floorMod((long) job.hashCode(), most - least + 1)));
    }

    /** The first stage above {@code told}, or 100. */
    static int stageAfter(int told) {
        for (int stage : STAGES) {
            if (stage > told) {
                return stage;
            }
        }
        return 100;
    }

    /** Time until {@code percent} is reached; zero or negative if it has been. */
    Duration until(int percent, Duration elapsed) {
        return total.multipliedBy(percent).dividedBy(100).minus(elapsed);
    }
}
