package io.storyreel.api.queue;

import io.storyreel.common.job.JobPriority;
import io.storyreel.common.job.JobView;
import io.storyreel.common.job.Workload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The jobs that waited at some moment. Those of a higher priority are served first, and those of one priority in the order
 * of their ids, so this also tells the place of one that has come, or come back, since: it stands behind those that are
 * older.
 */
public final class WaitingLine {
    /** As Postgres sorts ids; Java takes their halves for signed numbers. */
    private static final Comparator<UUID> BY_AGE = Comparator.comparing(
                    UUID::getMostSignificantBits, Long::compareUnsigned)
            .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

    private static final Comparator<Waiter> FIRST_TO_LAST = Comparator.comparing(
                    Waiter::priority, Comparator.comparing(JobPriority::number).reversed())
            .thenComparing(Waiter::job, BY_AGE);

    private final Map<Workload, List<Waiter>> lines = new EnumMap<>(Workload.class);

    /** @param provider of the job; what workers compute themselves is queued apart from what they only wait for */
    public record Waiter(UUID job, String provider, JobPriority priority) {
        public static Waiter of(JobView job) {
            return new Waiter(job.id(), job.provider(), job.priority());
        }
    }

    /** @param waiters in any order */
    WaitingLine(Iterable<Waiter> waiters) {
        waiters.forEach(waiter -> lines.computeIfAbsent(Workload.of(waiter.provider()), any -> new ArrayList<>())
                .add(waiter));
        lines.values().forEach(line -> line.sort(FIRST_TO_LAST));
    }

    /** From 1. */
    public int placeOf(Waiter job) {
        List<Waiter> line = lines.getOrDefault(Workload.of(job.provider()), List.of());
        int found = Collections.binarySearch(line, job, FIRST_TO_LAST);
        return (found >= 0 ? found : -found - 1) + 1;
    }
}
