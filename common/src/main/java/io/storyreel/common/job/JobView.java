package io.storyreel.common.job;

import io.vertx.mutiny.sqlclient.Row;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * A job as its owner may see it.
 *
 * @param title of its project; null once the project is deleted
 * @param result JSON text of what was made, or null; null also once its project is deleted
 * @param costEstimated in USD, exact; null if nobody could say; so is {@code costActual}, null until known
 * @param costPossible what may have been charged besides, in USD, exact: by calls whose outcome nobody knows
 */
public record JobView(
        UUID id,
        JobKind kind,
        UUID workspaceId,
        UUID projectId,
        String title,
        String provider,
        JobPriority priority,
        JobStatus status,
        int progress,
        String stage,
        String message,
        int scenesTotal,
        int scenesCompleted,
        int attempts,
        String waitingReason,
        Instant waitingSince,
        Instant waitingUntil,
        Integer waitingPosition,
        String waitingProvider,
        String errorCode,
        String errorMessage,
        String result,
        BigDecimal costEstimated,
        BigDecimal costActual,
        BigDecimal costPossible,
        int lastEvent,
        Instant createdAt,
        Instant startedAt,
        Instant completedAt) {

    /** Columns of {@code job} that {@link #of} reads. */
    public static final String COLUMNS = "id, kind, workspace_id, project_id,"
            + " (select p.title from video_project p where p.id = job.project_id) as title, provider, priority, status, progress, stage, message,"
            + " scenes_total, scenes_completed, attempts, waiting_reason, waiting_since, waiting_until, waiting_position,"
            + " waiting_provider, error_code,"
            + " error_message, case when exists (select from video_project p where p.id = job.project_id)"
            + " then result::text end as result, cost_estimated, cost_actual,"
            + " (select coalesce(sum(t.cost_possible), 0) from provider_task t where t.job_id = job.id) as cost_possible,"
            + " last_event, created_at, started_at,"
            + " completed_at";

    /** Whether it waits for a worker of ours and for nothing else. */
    public boolean isQueued() {
        return status == JobStatus.PENDING && (waitingReason == null || waitingReason.equals(JobChange.QUEUE));
    }

    public static JobView of(Row row) {
        return new JobView(
                row.getUUID("id"),
                JobKind.of(row.getString("kind")),
                row.getUUID("workspace_id"),
                row.getUUID("project_id"),
                row.getString("title"),
                row.getString("provider"),
                JobPriority.of(row.getInteger("priority")),
                JobStatus.of(row.getString("status")),
                row.getInteger("progress"),
                row.getString("stage"),
                row.getString("message"),
                row.getInteger("scenes_total"),
                row.getInteger("scenes_completed"),
                row.getInteger("attempts"),
                row.getString("waiting_reason"),
                JobRows.instant(row, "waiting_since"),
                JobRows.instant(row, "waiting_until"),
                row.getInteger("waiting_position"),
                row.getString("waiting_provider"),
                row.getString("error_code"),
                row.getString("error_message"),
                row.getString("result"),
                row.getBigDecimal("cost_estimated"),
                row.getBigDecimal("cost_actual"),
                row.getBigDecimal("cost_possible"),
                row.getInteger("last_event"),
                JobRows.instant(row, "created_at"),
                JobRows.instant(row, "started_at"),
                JobRows.instant(row, "completed_at"));
    }
}
