package io.storyreel.api.queue;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.JobPriority;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.stream.StreamSupport;

/** Who waits in the queue. Looked up for all jobs at once and at most once a second, however many clients ask. */
@ApplicationScoped
public class QueuePositions {
    private static final int MOST_COUNTED = 5_000;
    private static final Duration GOOD_FOR = Duration.ofSeconds(1);

    private static final String WAITING =
            """
            select id, provider, priority from job where status = 'pending' and not_before <= clock_timestamp() limit %d
            """
                    .formatted(MOST_COUNTED + 1);

    private final Uni<WaitingLine> line;

    QueuePositions(Pool pool) {
        this.line = pool.query(WAITING)
                .execute()
                .map(QueuePositions::counted)
                .memoize()
                .forFixedDuration(GOOD_FOR);
    }

    /** As it was at most a second ago; null while more wait than are counted. */
    public Uni<WaitingLine> line() {
        return line;
    }

    private static WaitingLine counted(RowSet<Row> rows) {
        return rows.size() > MOST_COUNTED
                ? null
                : new WaitingLine(() -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new WaitingLine.Waiter(
                                row.getUUID("id"),
                                row.getString("provider"),
                                JobPriority.of(row.getInteger("priority"))))
                        .iterator());
    }
}
