package io.storyreel.api.render;

import io.vertx.mutiny.sqlclient.Row;

import java.util.List;
import java.util.UUID;

/** What accepting a render must know of its project. */
record ProjectHead(
        UUID id,
        UUID workspaceId,
        boolean approved,
        String specDigest,
        int scenesTotal,
        double plannedSeconds,
        List<Integer> scenesWithoutImage) {

    static final String COLUMNS =
            "id, workspace_id, approved, spec_digest, scenes_total, planned_seconds, scenes_without_image";

    static ProjectHead of(Row row) {
        return new ProjectHead(
                row.getUUID(0),
                row.getUUID(1),
                row.getBoolean(2),
                row.getString(3),
                row.getInteger(4),
                row.getDouble(5),
                List.of(row.getArrayOfIntegers(6)));
    }
}
