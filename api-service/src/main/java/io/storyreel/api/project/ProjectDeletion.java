package io.storyreel.api.project;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.UUID;

/**
 * Forgets projects. From then on nobody finds one or its files; a worker takes the files away afterwards. The note that it
 * has to is written by the statement that deletes the project, so that it cannot be lost.
 */
@ApplicationScoped
class ProjectDeletion {
    private static final String DELETE =
            """
            with gone as (
                delete from video_project where id = $1 and workspace_id = $2 returning id, workspace_id
            ), noted as (
                insert into project_removal (project_id, workspace_id) select id, workspace_id from gone
                on conflict do nothing
            ), exports as (
                update video_export e set removed_at = clock_timestamp() from gone
                where e.project_id = gone.id and e.removed_at is null
            )
            select id from gone
            """;

    private final Pool pool;

    ProjectDeletion(Pool pool) {
        this.pool = pool;
    }

    /** False if this workspace has no such project. */
    Uni<Boolean> delete(UUID workspace, UUID project) {
        return pool.preparedQuery(DELETE).execute(Tuple.of(project, workspace)).map(rows -> rows.size() > 0);
    }
}
