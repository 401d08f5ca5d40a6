package io.storyreel.common.job;

import io.vertx.core.json.JsonObject;

import java.time.Instant;
import java.util.UUID;

/**
 * One line of a job's history. The stored history, the progress stream and the webhooks all read it from here, so they
 * cannot disagree.
 *
 * @param seq number within the job, from 1 without gaps
 * @param type the name of the event in the stream
 */
public record JobEvent(
        UUID jobId,
        UUID workspaceId,
        UUID projectId,
        int seq,
        Instant at,
        Type type,
        JobStatus status,
        int progress,
        String stage,
        Integer scene,
        int scenesCompleted,
        int scenesTotal,
        String message,
        String waitingReason,
        Instant waitingUntil,
        Integer waitingPosition,
        String waitingProvider,
        String errorCode) {

    /** Names of events as the browser sees them. */
    public enum Type {
        PROGRESS,
        WAITING,
        COMPLETED,
        FAILED,
        CANCELED;

        public String wireName() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        public static Type of(String wireName) {
            return valueOf(wireName.toUpperCase(java.util.Locale.ROOT));
        }
    }

    public boolean isFinal() {
        return status.isFinal();
    }

    /** The {@code data} of the event in the stream and the message on the progress channel. Absent values are left out. */
    public String toJson() {
        JsonObject json = new JsonObject()
                .put("seq", seq)
                .put("status", status.wireName())
                .put("progress", progress)
                .put("message", message)
                .put("timestamp", at.toString())
                .put("task_id", jobId.toString())
                .put("project_id", projectId.toString())
                .put("scenes_completed", scenesCompleted)
                .put("scenes_total", scenesTotal);
        putIfPresent(json, "stage", stage);
        putIfPresent(json, "scene", scene);
        putIfPresent(json, "error_code", errorCode);
        putIfPresent(json, "waiting_reason", waitingReason);
        putIfPresent(json, "waiting_until", waitingUntil == null ? null : waitingUntil.toString());
        putIfPresent(json, "waiting_position", waitingPosition);
        putIfPresent(json, "waiting_provider", waitingProvider);
        return json.encode();
    }

    private static void putIfPresent(JsonObject json, String name, Object value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
