package io.storyreel.common.ledger;

import io.storyreel.common.job.StatementBatch;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

import java.util.List;
import java.util.UUID;

/** The columns that {@link LedgerSql} takes, and the rows that it answers. */
final class LedgerRows {
    private LedgerRows() {}

    static Tuple ofPurchases(List<Purchase> wanted) {
        return Tuple.tuple()
                .addValue(StatementBatch.column(
                        wanted, purchase -> purchase.lease().jobId(), UUID[]::new))
                .addValue(StatementBatch.column(
                        wanted, purchase -> purchase.lease().epoch(), Long[]::new))
                .addValue(StatementBatch.column(
                        wanted, purchase -> purchase.purpose().wireName(), String[]::new))
                .addValue(StatementBatch.column(wanted, Purchase::scene, Integer[]::new))
                .addValue(StatementBatch.column(wanted, Purchase::part, Integer[]::new))
                .addValue(StatementBatch.column(wanted, Purchase::provider, String[]::new))
                .addValue(StatementBatch.column(wanted, Purchase::digest, String[]::new))
                .addValue(StatementBatch.column(
                        wanted, purchase -> StatementBatch.plain(purchase.costEstimated()), String[]::new));
    }

    static Tuple ofChanges(List<TaskChange> wanted) {
        return Tuple.tuple()
                .addValue(StatementBatch.column(wanted, change -> change.task().jobId(), UUID[]::new))
                .addValue(StatementBatch.column(
                        wanted, change -> change.task().purpose().wireName(), String[]::new))
                .addValue(StatementBatch.column(wanted, change -> change.task().scene(), Integer[]::new))
                .addValue(StatementBatch.column(wanted, change -> change.task().part(), Integer[]::new))
                .addValue(StatementBatch.column(wanted, change -> change.task().attempt(), Integer[]::new))
                .addValue(StatementBatch.column(wanted, change -> change.state().wireName(), String[]::new))
                .addValue(StatementBatch.column(wanted, TaskChange::providerTaskId, String[]::new))
                .addValue(StatementBatch.column(wanted, TaskChange::handle, String[]::new))
                .addValue(StatementBatch.column(wanted, TaskChange::seen, String[]::new))
                .addValue(StatementBatch.column(
                        wanted, change -> StatementBatch.plain(change.costEstimated()), String[]::new))
                .addValue(StatementBatch.column(
                        wanted, change -> StatementBatch.plain(change.costActual()), String[]::new))
                .addValue(StatementBatch.column(wanted, TaskChange::resultJson, String[]::new))
                .addValue(StatementBatch.column(wanted, TaskChange::error, String[]::new))
                .addValue(StatementBatch.column(
                        wanted,
                        change -> change.look() == null ? null : change.look().toMillis(),
                        Long[]::new));
    }

    /** The key of its row. */
    static Tuple key(ProviderTask task) {
        return Tuple.of(task.jobId(), task.purpose().wireName(), task.scene(), task.part(), task.attempt());
    }

    static ProviderTask task(Row row) {
        return new ProviderTask(
                row.getUUID("job_id"),
                Purpose.of(row.getString("purpose")),
                row.getInteger("scene"),
                row.getInteger("part"),
                row.getInteger("attempt"),
                row.getString("provider"),
                row.getString("digest"),
                TaskState.of(row.getString("state")),
                row.getString("provider_task_id"),
                row.getString("handle"),
                row.getBigDecimal("cost_estimated"),
                row.getBigDecimal("cost_actual"),
                row.getString("result"),
                row.getOffsetDateTime("begun_at").toInstant(),
                row.getOffsetDateTime("sent_at") == null
                        ? null
                        : row.getOffsetDateTime("sent_at").toInstant(),
                row.getBoolean("left_behind"),
                row.getBoolean("fresh"),
                new ProviderTask.Earlier(
                        row.getLong("lost").intValue(), row.getLong("failed").intValue()));
    }
}
