package io.storyreel.api.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.batch.MicroBatch;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads the heads of projects; calls that arrive together share one query. */
@ApplicationScoped
class ProjectHeads {
    private static final String READ = "select " + ProjectHead.COLUMNS + " from video_project where id = any($1)";
    private static final int LANES = 2;
    private static final int LARGEST_BATCH = 256;
    private static final int MOST_PENDING = 20_000;

    private final Pool pool;
    private final MicroBatch<UUID, Found> reads;

    /** @param head null if there is no such project */
    private record Found(ProjectHead head) {}

    ProjectHeads(Pool pool) {
        this.pool = pool;
        this.reads = new MicroBatch<>(
                "reading projects", LANES, LARGEST_BATCH, MOST_PENDING, PgException.class::isInstance, this::readAll);
    }

    /** The head, or null if this workspace has no such project. */
    Uni<ProjectHead> find(UUID workspace, UUID project) {
        return reads.submit(project).map(found -> {
            ProjectHead head = found.head();
            return head != null && head.workspaceId().equals(workspace) ? head : null;
        });
    }

    private Uni<List<Found>> readAll(List<UUID> projects) {
        UUID[] distinct = projects.stream().distinct().toArray(UUID[]::new);
        return pool.preparedQuery(READ)
                .execute(Tuple.tuple().addValue(distinct))
                .map(rows -> inOrder(projects, rows));
    }

    private static List<Found> inOrder(List<UUID> projects, RowSet<Row> rows) {
        Map<UUID, Found> byId = new HashMap<>();
        rows.forEach(row -> byId.put(row.getUUID(0), new Found(ProjectHead.of(row))));
        Found nothing = new Found(null);
        return projects.stream().map(id -> byId.getOrDefault(id, nothing)).toList();
    }
}
