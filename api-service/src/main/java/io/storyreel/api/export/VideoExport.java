package io.storyreel.api.export;

import io.storyreel.common.export.ExportOrder;
import io.storyreel.common.export.ExportParameters;
import io.storyreel.common.job.JobStatus;
import io.storyreel.common.storyboard.OutputFormat;
import io.vertx.mutiny.sqlclient.Row;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * An export as it stands.
 *
 * @param sourceJobId the render that it was first asked for; others may have made the same video
 * @param status of its job, but completed as soon as the file is there
 * @param file null until it is there
 */
public record VideoExport(
        UUID id,
        UUID workspaceId,
        UUID projectId,
        UUID sourceJobId,
        String quality,
        ExportParameters parameters,
        OutputFormat format,
        UUID jobId,
        JobStatus status,
        int progress,
        String message,
        String errorCode,
        String errorMessage,
        File file,
        Instant createdAt,
        Instant lastUsedAt) {

    /** @param size in bytes */
    public record File(
            String key,
            String mediaType,
            long size,
            String sha256,
            double seconds,
            int width,
            int height,
            Instant readyAt) {}

    static final String COLUMNS = "e.id, e.workspace_id, e.project_id, e.source_job_id, e.quality,"
            + " e.parameters::text as parameters, e.format, e.job_id, e.object_key, e.media_type, e.size_bytes,"
            + " e.sha256, e.seconds, e.width, e.height, e.created_at, e.ready_at, e.last_used_at, j.status, j.progress,"
            + " j.message, j.error_code, j.error_message";

    static VideoExport of(Row row) {
        boolean ready = row.getValue("ready_at") != null;
        return new VideoExport(
                row.getUUID("id"),
                row.getUUID("workspace_id"),
                row.getUUID("project_id"),
                row.getUUID("source_job_id"),
                row.getString("quality"),
                ExportOrder.readParameters(row.getString("parameters")),
                OutputFormat.valueOf(row.getString("format").toUpperCase(Locale.ROOT)),
                row.getUUID("job_id"),
                ready ? JobStatus.COMPLETED : JobStatus.of(row.getString("status")),
                ready ? 100 : row.getInteger("progress"),
                row.getString("message"),
                ready ? null : row.getString("error_code"),
                ready ? null : row.getString("error_message"),
                ready ? file(row) : null,
                instant(row, "created_at"),
                instant(row, "last_used_at"));
    }

    private static File file(Row row) {
        return new File(
                row.getString("object_key"),
                row.getString("media_type"),
                row.getLong("size_bytes"),
                row.getString("sha256"),
                row.getDouble("seconds"),
                row.getInteger("width"),
                row.getInteger("height"),
                instant(row, "ready_at"));
    }

    private static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }
}
