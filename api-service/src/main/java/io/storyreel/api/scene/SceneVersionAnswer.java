package io.storyreel.api.scene;

import io.storyreel.common.job.JobStatus;
import io.storyreel.common.ledger.Money;
import io.vertx.mutiny.sqlclient.Row;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/** A picture and description that a scene shows, has shown, or is to show. */
@Schema(name = "SceneVersion")
public record SceneVersionAnswer(
        @Schema(
                        description =
                                "By this id it can be taken back; null for what the scene shows if nobody has wanted to replace it")
                UUID versionId,
        @Schema(description = "Whether the scene shows it now; one version does") boolean current,
        @Schema(
                        description = "null while the picture is being made, and if it was not",
                        example = "asset://sha256/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08.png")
                String imageUrl,
        @Schema(description = "What the picture was made of; null if it was not made of words", maxLength = 2000)
                String imagePrompt,
        @Schema(maxLength = 1000) String description,
        @Schema(description = "Whether it was asked for by refining") boolean refinement,
        @Schema(description = "USD: what it adds to the estimate", example = "0.02") BigDecimal cost,
        @Schema(description = "Who makes the picture, or has made it; null if nobody had to") UUID imageJobId,
        @Schema(
                        enumeration = {"pending", "processing", "completed", "failed", "canceled"},
                        description = "Of that job; null without one")
                String imageStatus,
        @Schema(description = "Percent; null without a job", minimum = "0", maximum = "100") Integer imageProgress,
        @Schema(description = "Why the picture was not made; null unless it failed") String errorCode,
        String errorMessage,
        @Schema(description = "The list is in the order of these, the newest first") Instant wantedAt,
        @Schema(description = "When the scene last began to show it; null if it never has") Instant takenAt) {

    static SceneVersionAnswer of(Row row) {
        String status = row.getString("status");
        boolean failed = JobStatus.FAILED.wireName().equals(status);
        return new SceneVersionAnswer(
                row.getBoolean("unnoted") ? null : row.getUUID("id"),
                row.getBoolean("shown"),
                row.getString("image_url"),
                row.getString("image_prompt"),
                row.getString("description"),
                row.getBoolean("refinement"),
                Money.exact(row.getBigDecimal("cost")),
                row.getUUID("job_id"),
                status,
                status == null ? null : row.getInteger("progress"),
                failed ? row.getString("error_code") : null,
                failed ? row.getString("error_message") : null,
                instant(row, "wanted_at"),
                instant(row, "taken_at"));
    }

    private static Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
