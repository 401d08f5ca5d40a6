package io.storyreel.common.job;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
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
        return pool.preparedQuery(WorkerLeaseSql.JOIN_WORKERS)
                .execute(Tuple.of(worker, name, lease.toMillis()))
                .replaceWithVoid();
    }

    /** False if nobody knows this worker any more: then all of its jobs were taken over. */
    public Uni<Boolean> renew(UUID worker, Duration lease) {
        return pool.preparedQuery(WorkerLeaseSql.HEARTBEAT)
                .execute(Tuple.of(worker, lease.toMillis()))
                .map(rows -> rows.size() == 1);
    }

    /** Gives up jobs that are this worker's in the database but that it does not work on. */
    public Uni<Void> disown(UUID worker, Collection<UUID> jobs) {
        return pool.preparedQuery(WorkerLeaseSql.DISOWN)
                .execute(Tuple.of(worker, jobs.toArray(UUID[]::new)))
                .replaceWithVoid();
    }

    /** Jobs that are still this worker's. */
    public Uni<Set<UUID>> held(UUID worker) {
        return ids(WorkerLeaseSql.HELD, worker);
    }

    /** Tells at once that the worker holds nothing any more. */
    public Uni<Void> leave(UUID worker) {
        return pool.preparedQuery(WorkerLeaseSql.LEAVE_WORKERS)
                .execute(Tuple.of(worker))
                .replaceWithVoid();
    }

    /** Jobs of this worker whose cancellation was asked for. */
    public Uni<Set<UUID>> toBeCanceled(UUID worker) {
        return ids(WorkerLeaseSql.TO_BE_CANCELED, worker);
    }

    public Uni<Void> forgetDead() {
        return pool.query(WorkerLeaseSql.FORGET_DEAD_WORKERS).execute().replaceWithVoid();
    }

    private Uni<Set<UUID>> ids(String sql, UUID worker) {
        return pool.preparedQuery(sql).execute(Tuple.of(worker)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map((Row row) -> row.getUUID("id"))
                .collect(Collectors.toSet()));
    }
}
