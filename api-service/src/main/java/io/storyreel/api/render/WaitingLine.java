package io.storyreel.api.render;

import io.storyreel.common.job.Workload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The jobs that waited at some moment. Jobs are served in the order of their ids, so this also tells the place of one
 * that has come, or come back, since: it stands behind those that are older.
 */
final class WaitingLine {
    /** As Postgres sorts ids; Java takes their halves for signed numbers. */
    private static final Comparator<UUID> BY_AGE = Comparator.comparing(
                    UUID::getMostSignificantBits, Long::compareUnsigned)
            .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

    private final Map<Workload, List<UUID>> jobs = new EnumMap<>(Workload.class);

    /** @param provider of the job; what workers compute themselves is queued apart from what they only wait for */
    record Waiter(UUID job, String provider) {}

    /** @param waiters in any order */
    WaitingLine(Iterable<Waiter> waiters) {
        waiters.forEach(waiter -> jobs.computeIfAbsent(Workload.of(waiter.provider()), any -> new ArrayList<>())
                .add(waiter.job()));
        jobs.values().forEach(line -> line.sort(BY_AGE));
    }

    /** From 1. */
    int placeOf(UUID job, String provider) {
        int found = Collections.binarySearch(jobs.getOrDefault(Workload.of(provider), List.of()), job, BY_AGE);
        return (found >= 0 ? found : -found - 1) + 1;
    }
}
