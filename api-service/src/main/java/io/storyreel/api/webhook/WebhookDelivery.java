package io.storyreel.api.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.vertx.mutiny.sqlclient.Row;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * One event on its way to one endpoint.
 *
 * @param body JSON text
 */
@Schema(name = "WebhookDelivery")
public record WebhookDelivery(
        @Schema(description = "The receiver knows it as webhook-id") UUID id,
        String type,
        @Schema(description = "The render; null for a test") UUID jobId,
        @Schema(enumeration = {"pending", "delivered", "failed"}) String state,
        int attempts,
        @Schema(description = "null once it has ended") Instant nextTryAt,
        @Schema(description = "What is sent, the same at every try", implementation = Object.class) @JsonRawValue
                String body,
        Instant createdAt,
        @Schema(description = "When it was delivered or given up; null while it is pending") Instant endedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL)
                @Schema(description = "Oldest first; only where one delivery is read")
                List<Attempt> attemptLog) {

    /** One try. */
    @Schema(name = "WebhookAttempt")
    public record Attempt(
            int number,
            Instant at,
            @Schema(description = "null if the receiver did not answer") Integer statusCode,
            @Schema(description = "The first 1024 bytes of the answer") String answer,
            @Schema(description = "Why it failed; null if it did not, or if nobody knows yet") String error,
            @Schema(description = "null while it is under way, or if its worker stopped meanwhile")
                    Integer durationMs) {

        static Attempt of(Row row) {
            return new Attempt(
                    row.getInteger("number"),
                    Times.of(row, "at"),
                    row.getInteger("status_code"),
                    row.getString("answer"),
                    row.getString("error"),
                    row.getInteger("duration_ms"));
        }
    }

    static WebhookDelivery of(Row row) {
        String state = row.getString("state");
        return new WebhookDelivery(
                row.getUUID("id"),
                row.getString("type"),
                row.getUUID("job_id"),
                state,
                row.getInteger("attempts"),
                state.equals("pending") ? Times.of(row, "next_try_at") : null,
                row.getString("body"),
                Times.of(row, "created_at"),
                Times.of(row, "ended_at"),
                null);
    }

    WebhookDelivery with(List<Attempt> log) {
        return new WebhookDelivery(id, type, jobId, state, attempts, nextTryAt, body, createdAt, endedAt, log);
    }
}
