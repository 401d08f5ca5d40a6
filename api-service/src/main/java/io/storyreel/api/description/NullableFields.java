package io.storyreel.api.description;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which fields may be null: the types of Java do not tell, and a generated client would take silence for a promise. All
 * that the tests of this module are answered is held against the description, so what is missing here is found.
 */
final class NullableFields {
    private static final String NEXT = "next_cursor";

    private static final List<String> OF_PROJECT = List.of(
            "approved_at",
            "mode",
            "style",
            "target_duration",
            "background_music",
            "webhook_url",
            "latest_job_id",
            "files_removed_at");

    private static final Map<String, List<String>> BY_SCHEMA = Map.ofEntries(
            Map.entry("BudgetPart", List.of("limit", "left")),
            Map.entry("BudgetRequest", List.of("daily_limit", "monthly_limit")),
            Map.entry("Canceling", List.of("cost_actual")),
            Map.entry("Cost", List.of("estimated", "actual")),
            Map.entry("CreatedStoryboardJob", OF_PROJECT),
            Map.entry(
                    "EventAnswer",
                    List.of(
                            "stage",
                            "scene",
                            "message",
                            "waiting_reason",
                            "waiting_until",
                            "waiting_position",
                            "waiting_provider",
                            "error_code")),
            Map.entry(
                    "Export",
                    List.of("size", "sha256", "seconds", "width", "height", "error_code", "error_message", "ready_at")),
            Map.entry("Preset", List.of("fps", "codec")),
            Map.entry(
                    "ProviderHealth",
                    List.of(
                            "missing",
                            "circuit",
                            "last_success_at",
                            "last_error",
                            "latency_ms_p50",
                            "rate_limited_until")),
            Map.entry(
                    "RenderJob",
                    List.of(
                            "title",
                            "message",
                            "stage",
                            "poster_url",
                            "captions_url",
                            "files_removed_at",
                            "error_message",
                            "error_code",
                            "started_at",
                            "completed_at")),
            Map.entry("RenderPlan", List.of("total", "at_most", "unpriced")),
            Map.entry("Scene", List.of("image_url", "image_prompt", "description", "motion_prompt")),
            Map.entry("ScenePlan", List.of("scene_index", "cost", "at_most", "estimated_seconds")),
            Map.entry(
                    "SceneVersion",
                    List.of(
                            "version_id",
                            "image_url",
                            "image_prompt",
                            "description",
                            "image_job_id",
                            "image_status",
                            "image_progress",
                            "error_code",
                            "error_message",
                            "taken_at")),
            Map.entry("ScriptLine", List.of("duration", "scene_index")),
            Map.entry("StoryboardCosts", List.of("estimated", "actual")),
            Map.entry("StoryboardJob", List.of("estimated_cost", "actual_cost", "video_url", "error")),
            Map.entry("StoryboardMetadata", List.of("approved_at", "error")),
            Map.entry("StoryboardProgress", List.of("current_scene", "estimated_completion_seconds")),
            Map.entry("StoryboardVideo", List.of("url")),
            Map.entry("StoryboardVideoParameters", List.of("style")),
            Map.entry("VideoProject", OF_PROJECT),
            Map.entry("Waiting", List.of("until", "position", "provider", "estimate_seconds")),
            Map.entry("WebhookAttempt", List.of("status_code", "answer", "error", "duration_ms")),
            Map.entry("WebhookDefaultSecret", List.of("previous_secret_until")),
            Map.entry("WebhookDelivery", List.of("job_id", "next_try_at", "ended_at")),
            Map.entry("WebhookEndpoint", List.of("disabled_reason", "failing_since", "previous_secret_until")));

    private NullableFields() {}

    static void describe(OpenAPI document) {
        Map<String, Schema> schemas = document.getComponents().getSchemas();
        BY_SCHEMA.forEach((name, fields) -> fields.forEach(field -> allowNull(name, schemas.get(name), field)));
        schemas.forEach((name, schema) -> {
            if (schema.getProperties() != null && schema.getProperties().containsKey(NEXT)) {
                allowNull(name, schema, NEXT);
            }
        });
    }

    private static void allowNull(String name, Schema schema, String field) {
        Schema property = schema == null ? null : schema.getProperties().get(field);
        if (property == null) {
            throw new IllegalStateException("nobody describes " + name + "." + field + ", which may be null");
        }
        schema.addProperty(field, orNull(property));
    }

    /** In the form that generators of clients understand. */
    private static Schema orNull(Schema schema) {
        if (schema.getRef() != null || schema.getEnumeration() != null || schema.getType() == null) {
            return OASFactory.createSchema()
                    .description(schema.getDescription())
                    .anyOf(List.of(
                            schema.description(null), OASFactory.createSchema().type(List.of(SchemaType.NULL))));
        }
        List<SchemaType> types = new ArrayList<>(schema.getType());
        types.add(SchemaType.NULL);
        return schema.type(types);
    }
}
