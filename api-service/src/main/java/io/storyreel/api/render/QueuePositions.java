package io.storyreel.api.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.Workload;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Which place in the queue a pending job has. Looked up for all jobs at once and at most once a second, however many
 * clients ask.
 */
@ApplicationScoped
class QueuePositions {
    private static final int MOST_COUNTED = 5_000;
    private static final Duration GOOD_FOR = Duration.ofSeconds(1);

    /** Sorted only after the jobs that wait have been found by their index: they are few, all jobs together are many. */
    private static final String WAITING =
            """
            with waiting as materialized (
                select id, provider from job where status = 'pending' and not_before <= clock_timestamp() limit %d
            )
            select id, provider from waiting order by id
            """
                    .formatted(MOST_COUNTED + 1);

    private final Uni<Map<UUID, Integer>> positions;

    QueuePositions(Pool pool) {
        this.positions = pool.query(WAITING)
                .execute()
                .map(QueuePositions::counted)
                .memoize()
                .forFixedDuration(GOOD_FOR);
    }

    /** From 1, by job; empty while more wait than are counted. */
    Uni<Map<UUID, Integer>> known() {
        return positions;
    }

    /** What workers compute themselves is queued apart from what they only wait for. */
    private static Map<UUID, Integer> counted(RowSet<Row> rows) {
        if (rows.size() > MOST_COUNTED) {
            return Map.of();
        }
        Map<Workload, Integer> lengths = new EnumMap<>(Workload.class);
        Map<UUID, Integer> positions = new HashMap<>();
        rows.forEach(row -> positions.put(
                row.getUUID("id"), lengths.merge(Workload.of(row.getString("provider")), 1, Integer::sum)));
        return positions;
    }
}
