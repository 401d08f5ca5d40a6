package io.storyreel.common.project;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.common.storyboard.StoryboardJson;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.UUID;

/**
 * Changes the storyboards of projects, from the API and from workers alike, in the caller's transaction: everything that
 * depends on the storyboard changes with it.
 */
@ApplicationScoped
public class ProjectStoryboards {
    /** No stronger than need be: whoever only refers to the project does not wait. */
    private static final String LOCK =
            """
            select id, workspace_id, storyboard::text as storyboard, spec_digest, approved, version from video_project
            where id = $1 and workspace_id = any($2) for no key update
            """;

    private static final String SAVE =
            """
            with kept as (
                insert into render_spec (digest, storyboard) values ($3, $2::text::jsonb) on conflict do nothing
            )
            update video_project set storyboard = $2::text::jsonb, spec_digest = $3, scenes_total = $4,
                planned_seconds = $5, scenes_without_image = $6, approved = false, approved_at = null,
                version = version + 1, updated_at = clock_timestamp()
            where id = $1
            """;

    /** The project, in whichever of the workspaces it is; the item is null if it is in none. */
    public Uni<LockedProject> lock(SqlClient transaction, Collection<UUID> workspaces, UUID project) {
        return transaction
                .preparedQuery(LOCK)
                .execute(Tuple.of(project, workspaces.toArray(UUID[]::new)))
                .map(rows -> rows.size() == 0 ? null : project(rows.iterator().next()));
    }

    /**
     * Saves the changed storyboard for the project and for renders to come. It has to be approved anew. A storyboard that
     * is no other changes nothing.
     */
    public Uni<LockedProject> save(SqlClient transaction, LockedProject project, Storyboard changed) {
        String digest = StoryboardJson.digest(changed);
        if (digest.equals(project.specDigest())) {
            return Uni.createFrom().item(project);
        }
        Tuple values = Tuple.tuple()
                .addValue(project.id())
                .addValue(StoryboardJson.write(changed))
                .addValue(digest)
                .addValue(changed.scenes().size())
                .addValue(changed.plannedSeconds())
                .addValue(changed.scenesWithoutImage().toArray(Integer[]::new));
        return transaction
                .preparedQuery(SAVE)
                .execute(values)
                .replaceWith(new LockedProject(
                        project.id(), project.workspaceId(), changed, digest, false, project.version() + 1));
    }

    private static LockedProject project(Row row) {
        return new LockedProject(
                row.getUUID("id"),
                row.getUUID("workspace_id"),
                StoryboardJson.read(row.getString("storyboard")),
                row.getString("spec_digest"),
                row.getBoolean("approved"),
                row.getInteger("version"));
    }
}
