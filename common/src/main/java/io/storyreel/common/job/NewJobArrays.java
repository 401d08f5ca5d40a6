package io.storyreel.common.job;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

import java.util.List;
import java.util.UUID;

/** New jobs as the columns that {@link AcceptanceSql} takes, and what it answers. */
final class NewJobArrays {
    private NewJobArrays() {}

    static Tuple of(List<NewJob> jobs) {
        return Tuple.tuple()
                .addValue(StatementBatch.column(jobs, NewJob::id, UUID[]::new))
                .addValue(StatementBatch.column(jobs, NewJob::workspaceId, UUID[]::new))
                .addValue(StatementBatch.column(jobs, NewJob::projectId, UUID[]::new))
                .addValue(StatementBatch.column(jobs, NewJob::specDigest, String[]::new))
                .addValue(StatementBatch.column(jobs, NewJob::provider, String[]::new))
                .addValue(StatementBatch.column(jobs, NewJob::scenesTotal, Integer[]::new))
                .addValue(StatementBatch.column(jobs, job -> StatementBatch.plain(job.costEstimated()), String[]::new))
                .addValue(StatementBatch.column(jobs, NewJob::exclusive, Boolean[]::new))
                .addValue(StatementBatch.column(jobs, NewJob::traceparent, String[]::new))
                .addValue(StatementBatch.column(jobs, job -> String.join(",", job.fallback()), String[]::new))
                .addValue(StatementBatch.column(jobs, job -> StatementBatch.plain(job.costReserved()), String[]::new))
                .addValue(StatementBatch.column(jobs, job -> job.priority().number(), Integer[]::new));
    }

    /** The statement that accepts them, with what it takes beside {@code values}: those that approve their projects. */
    static Statement statement(List<NewJob> jobs, String plain, String approving, Tuple values) {
        UUID[] approvals =
                jobs.stream().filter(NewJob::approving).map(NewJob::id).toArray(UUID[]::new);
        return approvals.length == 0
                ? new Statement(plain, values)
                : new Statement(approving, values.addValue(approvals));
    }

    record Statement(String sql, Tuple values) {}

    static Acceptance acceptance(Row row) {
        if (row.getValue("created_at") != null) {
            return new Acceptance.Accepted(JobRows.instant(row, "created_at"));
        }
        return row.getBoolean("unchanged") ? new Acceptance.AlreadyRendering() : new Acceptance.ProjectChanged();
    }
}
