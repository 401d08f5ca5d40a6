package io.storyreel.common.ledger;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.batch.MicroBatch;
import io.storyreel.common.job.Lease;
import io.storyreel.common.job.LeaseLostException;
import io.storyreel.common.job.StatementBatch;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;

/**
 * The ledger of attempts: written before a provider is called and again when it has answered. Calls that arrive
 * together share one commit. Nothing here retries: whoever calls knows how long it may wait.
 */
@ApplicationScoped
public class ProviderTasks {
    private final Pool pool;
    private final MicroBatch<Purchase, Begun> purchases;
    private final MicroBatch<TaskChange, Boolean> changes;

    /** @param task null if the lease was lost */
    private record Begun(ProviderTask task) {}

    private record Slot(UUID jobId, Purpose purpose, int scene) {}

    public ProviderTasks(Pool pool) {
        this.pool = pool;
        this.purchases = StatementBatch.of("beginning provider tasks", this::beginAll);
        this.changes = StatementBatch.of("recording provider tasks", this::changeAll);
    }

    /**
     * The attempt that counts: one that is open or has succeeded is adopted, otherwise a new one is written down. Only
     * then may the provider be called. Fails with {@link LeaseLostException} if the job is somebody else's.
     */
    public Uni<ProviderTask> begin(Purchase purchase) {
        return purchases.submit(purchase).map(begun -> {
            if (begun.task() == null) {
                throw new LeaseLostException(purchase.lease());
            }
            return begun.task();
        });
    }

    /** The provider has accepted the task; to be called at once, so that it can be adopted. */
    public Uni<Void> running(ProviderTask task, String providerTaskId) {
        return change(new TaskChange(task, TaskState.RUNNING, providerTaskId, null, null, null));
    }

    /** @param costActual in USD, exact */
    public Uni<Void> succeeded(ProviderTask task, BigDecimal costActual, String resultJson) {
        return change(new TaskChange(task, TaskState.SUCCEEDED, null, costActual, resultJson, null));
    }

    /** @param costActual what was charged all the same, in USD */
    public Uni<Void> failed(ProviderTask task, BigDecimal costActual, String error) {
        return change(new TaskChange(task, TaskState.FAILED, null, costActual, null, error));
    }

    /**
     * The attempt was ended on the user's wish.
     *
     * @param costActual what was charged all the same, in USD; null if that is unknown
     */
    public Uni<Void> canceled(ProviderTask task, BigDecimal costActual, String reason) {
        return change(new TaskChange(task, TaskState.CANCELED, null, costActual, null, reason));
    }

    /** Gives the attempt up because nobody knows whether the provider got it. */
    public Uni<Void> lost(ProviderTask task) {
        return change(new TaskChange(task, TaskState.LOST, null, null, null, "its outcome is unknown"));
    }

    /** The job's attempts that have not ended as far as anybody knows. */
    public Uni<List<ProviderTask>> open(UUID jobId) {
        return pool.preparedQuery(LedgerSql.OPEN).execute(Tuple.of(jobId)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(ProviderTasks::task)
                .toList());
    }

    /** What the job was charged so far by all providers, in USD, exact. */
    public Uni<BigDecimal> spent(UUID jobId) {
        return pool.preparedQuery(LedgerSql.SPENT)
                .execute(Tuple.of(jobId))
                .map(rows -> rows.iterator().next().getBigDecimal("spent"));
    }

    private Uni<Void> change(TaskChange change) {
        return changes.submit(change).replaceWithVoid();
    }

    private Uni<List<Begun>> beginAll(List<Purchase> wanted) {
        Tuple columns = Tuple.tuple()
                .addValue(StatementBatch.column(
                        wanted, purchase -> purchase.lease().jobId(), UUID[]::new))
                .addValue(StatementBatch.column(
                        wanted, purchase -> purchase.lease().epoch(), Long[]::new))
                .addValue(StatementBatch.column(
                        wanted, purchase -> purchase.purpose().wireName(), String[]::new))
                .addValue(StatementBatch.column(wanted, Purchase::scene, Integer[]::new))
                .addValue(StatementBatch.column(wanted, Purchase::provider, String[]::new))
                .addValue(StatementBatch.column(wanted, Purchase::digest, String[]::new))
                .addValue(StatementBatch.column(
                        wanted, purchase -> StatementBatch.plain(purchase.costEstimated()), String[]::new));
        return pool.preparedQuery(LedgerSql.BEGIN).execute(columns).map(rows -> {
            Map<Slot, ProviderTask> tasks = new HashMap<>();
            for (Row row : rows) {
                ProviderTask task = task(row);
                tasks.put(new Slot(task.jobId(), task.purpose(), task.scene()), task);
            }
            return wanted.stream()
                    .map(one -> new Begun(tasks.get(slot(one.lease(), one.purpose(), one.scene()))))
                    .toList();
        });
    }

    private Uni<List<Boolean>> changeAll(List<TaskChange> wanted) {
        Tuple columns = Tuple.tuple()
                .addValue(StatementBatch.column(wanted, change -> change.task().jobId(), UUID[]::new))
                .addValue(StatementBatch.column(
                        wanted, change -> change.task().purpose().wireName(), String[]::new))
                .addValue(StatementBatch.column(wanted, change -> change.task().scene(), Integer[]::new))
                .addValue(StatementBatch.column(wanted, change -> change.task().attempt(), Integer[]::new))
                .addValue(StatementBatch.column(wanted, change -> change.state().wireName(), String[]::new))
                .addValue(StatementBatch.column(wanted, TaskChange::providerTaskId, String[]::new))
                .addValue(StatementBatch.column(
                        wanted, change -> StatementBatch.plain(change.costActual()), String[]::new))
                .addValue(StatementBatch.column(wanted, TaskChange::resultJson, String[]::new))
                .addValue(StatementBatch.column(wanted, TaskChange::error, String[]::new));
        return pool.preparedQuery(LedgerSql.CHANGE)
                .execute(columns)
                .map(done -> wanted.stream().map(change -> Boolean.TRUE).toList());
    }

    private static Slot slot(Lease lease, Purpose purpose, int scene) {
        return new Slot(lease.jobId(), purpose, scene);
    }

    private static ProviderTask task(Row row) {
        return new ProviderTask(
                row.getUUID("job_id"),
                Purpose.of(row.getString("purpose")),
                row.getInteger("scene"),
                row.getInteger("attempt"),
                row.getString("provider"),
                row.getString("digest"),
                TaskState.of(row.getString("state")),
                row.getString("provider_task_id"),
                row.getBigDecimal("cost_actual"),
                row.getString("result"),
                row.getOffsetDateTime("begun_at").toInstant(),
                row.getBoolean("fresh"));
    }
}
