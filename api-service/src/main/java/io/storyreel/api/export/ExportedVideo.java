package io.storyreel.api.export;

import io.vertx.mutiny.sqlclient.Row;

import java.util.UUID;

/**
 * The finished video of a render.
 *
 * @param jobId the render
 * @param key where the object store has it
 */
public record ExportedVideo(
        UUID jobId, UUID workspaceId, UUID projectId, String specDigest, String key, String sha256) {

    static ExportedVideo of(Row row) {
        return new ExportedVideo(
                row.getUUID("id"),
                row.getUUID("workspace_id"),
                row.getUUID("project_id"),
                row.getString("spec_digest"),
                row.getString("key"),
                row.getString("sha256"));
    }
}
