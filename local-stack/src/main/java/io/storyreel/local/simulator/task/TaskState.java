package io.storyreel.local.simulator.task;

import java.time.Instant;
import java.util.List;

/**
 * A task at one moment.
 *
 * @param progress 0 to 1
 * @param position how many wait before it, 0 unless it waits
 * @param startedAt null before it runs
 * @param endedAt null before it is final
 * @param products what was made, only when it succeeded
 * @param failure null unless it failed
 */
public record TaskState(
        Phase phase,
        double progress,
        int position,
        Instant startedAt,
        Instant endedAt,
        List<Product> products,
        Outcome.Failure failure) {

    static TaskState waiting(Phase phase, int position) {
        return new TaskState(phase, 0, position, null, null, List.of(), null);
    }
}
