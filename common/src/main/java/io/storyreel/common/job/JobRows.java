package io.storyreel.common.job;

import io.vertx.mutiny.sqlclient.Row;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/** Reads the answers of {@link JobSql}. */
final class JobRows {
    private JobRows() {}

    static JobEvent event(Row row) {
        return new JobEvent(
                row.getUUID("job_id"),
                row.getUUID("workspace_id"),
                row.getUUID("project_id"),
                row.getInteger("seq"),
                instant(row, "at"),
                JobEvent.Type.of(row.getString("type")),
                JobStatus.of(row.getString("status")),
                row.getInteger("progress"),
                row.getString("stage"),
                row.getInteger("scene"),
                row.getInteger("scenes_completed"),
                row.getInteger("scenes_total"),
                row.getString("message"),
                row.getString("waiting_reason"),
                instant(row, "waiting_until"),
                row.getInteger("waiting_position"),
                row.getString("waiting_provider"),
                row.getString("error_code"));
    }

    private static ClaimedJob claimed(Row row) {
        return new ClaimedJob(
                new Lease(row.getUUID("id"), row.getLong("lease_epoch")),
                JobKind.of(row.getString("kind")),
                row.getUUID("workspace_id"),
                row.getUUID("project_id"),
                row.getString("spec_digest"),
                row.getString("provider"),
                row.getString("fallback").isEmpty()
                        ? List.of()
                        : List.of(row.getString("fallback").split(",")),
                row.getInteger("progress"),
                row.getInteger("attempts"),
                row.getInteger("retries"),
                row.getBigDecimal("cost_estimated"),
                row.getJsonObject("input") == null
                        ? null
                        : row.getJsonObject("input").encode(),
                row.getString("traceparent"));
    }

    /** The event that the claim itself wrote. */
    static ClaimedJob.Claim claim(Row row) {
        JobEvent started = new JobEvent(
                row.getUUID("id"),
                row.getUUID("workspace_id"),
                row.getUUID("project_id"),
                row.getInteger("last_event"),
                instant(row, "updated_at"),
                JobEvent.Type.PROGRESS,
                JobStatus.of(row.getString("status")),
                row.getInteger("progress"),
                row.getString("stage"),
                null,
                row.getInteger("scenes_completed"),
                row.getInteger("scenes_total"),
                row.getString("message"),
                null,
                null,
                null,
                null,
                null);
        return new ClaimedJob.Claim(claimed(row), started);
    }

    static Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
