package io.storyreel.api.export;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.UUID;

/** Finds the videos that can be exported; the failure says why one cannot. */
@ApplicationScoped
class ExportedVideos {
    private static final String COLUMNS = " j.id, p.workspace_id, p.id as project_id, j.kind, j.status, j.spec_digest,"
            + " j.result -> 'video' ->> 'key' as key, j.result -> 'video' ->> 'sha256' as sha256,"
            + " j.result -> 'removed' ->> 'at' as removed_at ";

    private static final String OF_RENDER = "select" + COLUMNS
            + "from job j join video_project p on p.id = j.project_id where j.workspace_id = $1 and j.id = $2";

    private static final String LATEST = "select" + COLUMNS
            + """
            from video_project p left join lateral (select * from job where project_id = p.id and kind = 'render'
                and status = 'completed' order by created_at desc limit 1) j on true
            where p.workspace_id = any($1) and p.id = $2
            """;

    private final Pool pool;

    ExportedVideos(Pool pool) {
        this.pool = pool;
    }

    /** The video of this render. */
    Uni<ExportedVideo> ofRender(UUID workspace, UUID job) {
        return first(OF_RENDER, Tuple.of(workspace, job), "There is no render " + job + " in this workspace.")
                .map(row -> video(
                        row,
                        ProblemCode.CONFLICT,
                        "Job " + job + " has no video to export: it is a " + row.getString("kind") + " job and "
                                + row.getString("status") + "."));
    }

    /** The video that a project has now, in whichever of the workspaces it is. */
    Uni<ExportedVideo> ofProject(Collection<UUID> workspaces, UUID project) {
        Tuple values = Tuple.of(workspaces.toArray(UUID[]::new), project);
        return first(LATEST, values, "There is no job " + project + ".")
                .map(row -> video(
                        row,
                        ProblemCode.INVALID_REQUEST,
                        "The job is not completed: approve it, and wait for its video."));
    }

    private Uni<Row> first(String sql, Tuple values, String missing) {
        return pool.preparedQuery(sql).execute(values).map(rows -> {
            if (rows.size() == 0) {
                throw new ProblemException(ProblemCode.NOT_FOUND, missing);
            }
            return rows.iterator().next();
        });
    }

    private static ExportedVideo video(Row row, ProblemCode code, String reason) {
        if (row.getString("removed_at") != null) {
            throw new ProblemException(
                    ProblemCode.REMOVED,
                    "The video was kept for a time, and was removed at " + row.getString("removed_at")
                            + ": render the project again, then export it.");
        }
        boolean finished = "render".equals(row.getString("kind")) && "completed".equals(row.getString("status"));
        if (!finished || row.getString("key") == null || row.getString("sha256") == null) {
            throw new ProblemException(code, reason);
        }
        return ExportedVideo.of(row);
    }
}
