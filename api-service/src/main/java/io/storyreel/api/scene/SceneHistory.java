package io.storyreel.api.scene;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.page.Cursor;
import io.storyreel.api.page.Listing;
import io.storyreel.api.page.Page;
import io.storyreel.api.project.OwnedProjects;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.project.LockedProject;
import io.storyreel.common.scene.SceneChanges;
import io.storyreel.common.scene.SceneVersion;
import io.storyreel.common.scene.SceneVersions;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** What scenes have shown, and showing it again. */
@ApplicationScoped
class SceneHistory {
    private static final String SCENE =
            """
            from video_project p cross join jsonb_array_elements(p.storyboard -> 'storyboard') s
            where p.id = $1 and p.workspace_id = any($2) and (s ->> 'scene_index')::int = $3
            """;

    private static final String KNOWN = "select " + SCENE;

    /**
     * What the scene shows stands among its versions once somebody wants to replace it. Before, it is told from the
     * storyboard, so that one version is current at any time.
     */
    private static final String PAGE =
            """
            with present as (
                select p.id, p.updated_at, s ->> 'image_url' as image_url, s ->> 'image_prompt' as image_prompt,
                    s ->> 'description' as description %s
            ), noted as (
                select v.id, v.image_url, v.image_prompt, v.description, v.refinement, v.cost, v.job_id, v.wanted_at,
                    v.taken_at, v.is_current and (v.image_url, v.image_prompt, v.description)
                        is not distinct from (p.image_url, p.image_prompt, p.description) as shown
                from present p join scene_version v on v.project_id = p.id and v.scene = $3
            ), listed as (
                select * from noted
                union all
                select id, image_url, image_prompt, description, false, 0, null, updated_at, updated_at, true
                from present where not exists (select from noted where shown)
            )
            select l.*, l.id = $1 as unnoted, j.status, j.progress, j.error_code, j.error_message
            from listed l left join job j on j.id = l.job_id
            where (l.wanted_at, l.id) < ($4, $5) order by l.wanted_at desc, l.id desc limit $6
            """
                    .formatted(SCENE);

    private final Pool pool;
    private final OwnedProjects projects;
    private final SceneVersions versions;
    private final SceneChanges changes;

    SceneHistory(Pool pool, OwnedProjects projects, SceneVersions versions, SceneChanges changes) {
        this.pool = pool;
        this.projects = projects;
        this.versions = versions;
        this.changes = changes;
    }

    /** Newest first; fails if there is no such scene. */
    Uni<Page<SceneVersionAnswer>> page(Collection<UUID> workspaces, UUID project, int scene, Listing asked) {
        Tuple place = Tuple.of(project, workspaces.toArray(UUID[]::new), scene);
        Tuple values = Tuple.of(project, workspaces.toArray(UUID[]::new), scene)
                .addValue(asked.after().createdAt().atOffset(ZoneOffset.UTC))
                .addValue(asked.after().id())
                .addValue(asked.limit() + 1);
        return pool.preparedQuery(KNOWN)
                .execute(place)
                .invoke(found -> {
                    if (found.size() == 0) {
                        throw missing(project, scene);
                    }
                })
                .chain(() -> pool.preparedQuery(PAGE).execute(values))
                .map(rows -> {
                    List<Row> found =
                            StreamSupport.stream(rows.spliterator(), false).toList();
                    return Page.of(found, asked, SceneHistory::place).map(SceneVersionAnswer::of);
                });
    }

    private static Cursor place(Row row) {
        return new Cursor(row.getOffsetDateTime("wanted_at").toInstant(), row.getUUID("id"));
    }

    /** The scene shows that version again. Taking what it shows changes nothing, but keeps pictures under way out. */
    Uni<Void> takeBack(Collection<UUID> workspaces, UUID project, int scene, UUID version) {
        return projects.alone(
                workspaces, project, (transaction, locked) -> takeBack(transaction, locked, scene, version));
    }

    private Uni<Void> takeBack(SqlClient transaction, LockedProject project, int scene, UUID id) {
        if (project.scene(scene) == null) {
            throw missing(project.id(), scene);
        }
        return OwnedProjects.requireNoRender(transaction, project)
                .chain(() -> versions.find(transaction, project.id(), id))
                .chain(found -> changes.takeBack(transaction, project, usable(found, scene, id)))
                .replaceWithVoid();
    }

    private static SceneVersion usable(SceneVersion version, int scene, UUID id) {
        if (version == null || version.scene() != scene) {
            throw new ProblemException(
                    ProblemCode.NOT_FOUND, "There is no version " + id + " in the history of scene " + scene + ".");
        }
        if (version.lacksPicture()) {
            throw new ProblemException(
                    ProblemCode.CONFLICT,
                    "This version has no picture: it is being made, or was not made. Choose another version, or refine"
                            + " the scene.");
        }
        return version;
    }

    private static ProblemException missing(UUID project, int scene) {
        return new ProblemException(ProblemCode.NOT_FOUND, "There is no scene " + scene + " of a job " + project + ".");
    }
}
