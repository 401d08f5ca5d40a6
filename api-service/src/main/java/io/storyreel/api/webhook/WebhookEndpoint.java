package io.storyreel.api.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.mutiny.sqlclient.Row;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** An endpoint as its owner may see it. */
@Schema(name = "WebhookEndpoint")
public record WebhookEndpoint(
        UUID id,
        String url,
        List<String> events,
        @Schema(
                        description =
                                "workspace: registered here. project: named by projects as webhook_url, and signed"
                                        + " with the workspace's default secret",
                        enumeration = {"workspace", "project"})
                String origin,
        boolean enabled,
        @Schema(description = "Why it was switched off; null if it was not, or by a person") String disabledReason,
        @Schema(description = "Since when every try has failed; null after a success") Instant failingSince,
        @Schema(description = "Until when the secret before the present one signs too; null: it does not")
                Instant previousSecretUntil,
        @JsonInclude(JsonInclude.Include.NON_NULL)
                @Schema(description = "Only in the answer that makes it: keep it, it is never shown again")
                String secret,
        Instant createdAt,
        Instant updatedAt) {

    /** Columns of {@code webhook_endpoint} that {@link #of} reads. */
    static final String COLUMNS = "id, url, events, of_projects, enabled, disabled_reason, failing_since,"
            + " case when previous_until > now() then previous_until end as previous_until, created_at, updated_at";

    static WebhookEndpoint of(Row row) {
        return new WebhookEndpoint(
                row.getUUID("id"),
                row.getString("url"),
                List.of(row.getArrayOfStrings("events")),
                row.getBoolean("of_projects") ? "project" : "workspace",
                row.getBoolean("enabled"),
                row.getString("disabled_reason"),
                Times.of(row, "failing_since"),
                Times.of(row, "previous_until"),
                null,
                Times.of(row, "created_at"),
                Times.of(row, "updated_at"));
    }

    boolean isOfProjects() {
        return origin.equals("project");
    }

    WebhookEndpoint showing(String newSecret) {
        return new WebhookEndpoint(
                id,
                url,
                events,
                origin,
                enabled,
                disabledReason,
                failingSince,
                previousSecretUntil,
                newSecret,
                createdAt,
                updatedAt);
    }
}
