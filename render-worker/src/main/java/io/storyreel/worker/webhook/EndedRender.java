package io.storyreel.worker.webhook;

import io.storyreel.common.job.JobStatus;
import io.storyreel.common.ledger.Money;
import io.storyreel.common.webhook.WebhookBody;
import io.storyreel.common.webhook.WebhookEvent;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * A render whose end somebody is to be told of.
 *
 * @param webhookUrl of its project; null if it has none
 * @param costEstimated in USD; null if nobody could say, as {@code costActual}
 */
record EndedRender(
        UUID job,
        UUID workspace,
        UUID project,
        JobStatus status,
        String provider,
        String webhookUrl,
        String errorCode,
        String errorMessage,
        BigDecimal costEstimated,
        BigDecimal costActual,
        boolean hasVideo,
        boolean hasPoster,
        boolean hasCaptions,
        Instant createdAt,
        Instant startedAt,
        Instant completedAt) {

    static EndedRender of(Row row) {
        return new EndedRender(
                row.getUUID("id"),
                row.getUUID("workspace_id"),
                row.getUUID("project_id"),
                JobStatus.of(row.getString("status")),
                row.getString("provider"),
                row.getString("webhook_url"),
                row.getString("error_code"),
                row.getString("error_message"),
                row.getBigDecimal("cost_estimated"),
                row.getBigDecimal("cost_actual"),
                Boolean.TRUE.equals(row.getBoolean("has_video")),
                Boolean.TRUE.equals(row.getBoolean("has_poster")),
                Boolean.TRUE.equals(row.getBoolean("has_captions")),
                instant(row, "created_at"),
                instant(row, "started_at"),
                instant(row, "completed_at"));
    }

    WebhookEvent event() {
        return WebhookEvent.ofEnd(status);
    }

    /** @param publicUrl what addresses begin with, without a slash at the end */
    String body(String publicUrl) {
        String base = publicUrl + "/api/v1/video/workspaces/" + workspace + "/render/jobs/" + job;
        boolean made = status == JobStatus.COMPLETED && hasVideo;
        JsonObject cost = new JsonObject()
                .put("estimated", Money.shown(costEstimated))
                .put("actual", Money.shown(costActual))
                .put("currency", Money.CURRENCY);
        JsonObject data = new JsonObject()
                .put("job_id", job.toString())
                .put("task_id", job.toString())
                .put("project_id", project.toString())
                .put("workspace_id", workspace.toString())
                .put("status", status.wireName())
                .put("provider", provider)
                .put("cost", cost)
                .put("video_urls", made ? JsonArray.of(base + "/video") : new JsonArray())
                .put("poster_url", made && hasPoster ? base + "/poster" : null)
                .put("captions_url", made && hasCaptions ? base + "/captions?format=srt" : null)
                .put("error_code", errorCode)
                .put("error_message", errorMessage)
                .put("created_at", text(createdAt))
                .put("started_at", text(startedAt))
                .put("completed_at", text(completedAt));
        return WebhookBody.of(event(), completedAt, data);
    }

    private static String text(Instant time) {
        return time == null ? null : time.toString();
    }

    private static Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
