package io.storyreel.common.job;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Which workers are alive. A worker's jobs are leased for as long as its row is renewed. */
@ApplicationScoped
public class WorkerLeases {
    private final Pool pool;

    public WorkerLeases(Pool pool) {
        this.pool = pool;
    }

    /** Makes a worker known; its identity is never used again after its lease has run out. */
    public Uni<Void> join(UUID worker, String name, Duration lease) {
        return pool.preparedQuery(JobSql.JOIN_WORKERS)
                .execute(Tuple.of(worker, name, lease.toMillis()))
                .replaceWithVoid();
    }

    /** True if the lease was renewed; false if it had run out, so that every job of this worker may be lost. */
    public Uni<Boolean> renew(UUID worker, Duration lease) {
        return pool.preparedQuery(JobSql.HEARTBEAT)
                .execute(Tuple.of(worker, lease.toMillis()))
                .map(rows -> rows.size() == 1);
    }

    /** Tells at once that the worker holds nothing any more. */
    public Uni<Void> leave(UUID worker) {
        return pool.preparedQuery(JobSql.LEAVE_WORKERS)
                .execute(Tuple.of(worker))
                .replaceWithVoid();
    }

    /** Jobs of this worker whose cancellation was asked for. */
    public Uni<List<UUID>> toBeCanceled(UUID worker) {
        return pool.preparedQuery(JobSql.TO_BE_CANCELED)
                .execute(Tuple.of(worker))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map((Row row) -> row.getUUID("id"))
                        .toList());
    }

    public Uni<Void> forgetDead() {
        return pool.query(JobSql.FORGET_DEAD_WORKERS).execute().replaceWithVoid();
    }
}
