package io.storyreel.api.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.file.DownloadName;
import io.storyreel.api.file.FileDownload.Wanted;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.UUID;

/** The files of the last finished video of a project. */
@ApplicationScoped
public class ProjectFiles {
    private static final String LATEST =
            """
            select p.id, p.title, j.result::text as result
            from video_project p left join lateral (select result from job where project_id = p.id and kind = 'render'
                and status = 'completed' order by created_at desc limit 1) j on true
            where p.workspace_id = any($1) and p.id = $2
            """;

    private final Pool pool;

    ProjectFiles(Pool pool) {
        this.pool = pool;
    }

    /**
     * Fails with a problem if there is no such project in the workspaces, or it has no such file yet.
     *
     * @param disposition {@code inline} or {@code attachment}
     */
    public Uni<Wanted> find(Collection<UUID> workspaces, UUID project, RenderFile file, String disposition) {
        return pool.preparedQuery(LATEST)
                .execute(Tuple.of(workspaces.toArray(UUID[]::new), project))
                .map(rows -> {
                    if (rows.size() == 0) {
                        throw new ProblemException(ProblemCode.NOT_FOUND, "There is no job " + project + ".");
                    }
                    return wanted(rows.iterator().next(), file, disposition);
                });
    }

    private static Wanted wanted(Row row, RenderFile file, String disposition) {
        UUID project = row.getUUID("id");
        RenderResult result = RenderResult.parse(row.getString("result"));
        if (file.keyIn(result) == null && result.removed() != null) {
            throw result.removed().problem("The files of job " + project);
        }
        if (file.keyIn(result) == null) {
            throw new ProblemException(
                    ProblemCode.NOT_FOUND,
                    row.getString("result") == null
                            ? "The job has no " + file.word() + " yet: approve it, and wait for its video."
                            : "The job's video has no " + file.word() + ".");
        }
        return file.of(
                result,
                project,
                DownloadName.disposition(
                        disposition, row.getString("title"), "storyreel-" + project, file.extensionIn(result)));
    }
}
