package io.storyreel.worker.removal;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.storage.ObjectKeys;
import io.storyreel.common.storyboard.AssetReference;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * What a deleted project leaves, part by part. Every part can be done again, and what one call does is bounded; each
 * answers whether there may be more.
 */
@ApplicationScoped
class ProjectRemains {
    private static final int BATCH = 500;

    private static final String GIVE_UP_SHARED =
            """
            with used as (
                delete from object_use where (object_key, user_id) in (select u.object_key, u.user_id
                    from job j join object_use u on u.user_id = j.id where j.project_id = $1 limit $2)
                returning object_key
            ), asked as (
                insert into object_removal (object_key, reason) select distinct object_key, 'deleted' from used
                on conflict do nothing
            )
            select count(*) as done from used
            """;

    /** Renders of the mock have no files of their own, and what nobody has begun has none either. */
    private static final String RENDERS =
            """
            select id from job where project_id = $1 and kind = 'render' and provider <> 'mock' and started_at is not null
                and id > $2
            order by id limit $3
            """;

    /** Those that are on their way find out that nobody waits for them. */
    private static final String GIVE_UP_EXPORTS =
            """
            with gone as (
                delete from video_export where id in (select id from video_export where project_id = $1 limit $2)
                returning object_key
            ), asked as (
                insert into object_removal (object_key, reason)
                select object_key, 'deleted' from gone where object_key is not null
                on conflict do nothing
            )
            select count(*) as done from gone
            """;

    /** Of those that somebody is just saving in a project the next look decides. */
    private static final String LOCK_UPLOADS =
            """
            select a.sha256 from project_asset n join asset a on a.workspace_id = n.workspace_id and a.sha256 = n.sha256
            where n.project_id = $1 order by a.sha256 limit $2 for update of a skip locked
            """;

    /** What a job under way reads of its storyboard it may read although its project shows another one by now. */
    private static final String REMOVE_UPLOADS =
            """
            with read as materialized (
                select distinct m[1] as sha256 from (
                    select distinct j.spec_digest from job j
                    where j.workspace_id = $1 and (j.status = 'pending' or j.status = 'processing')) active
                join render_spec s on s.digest = active.spec_digest
                cross join lateral regexp_matches(s.storyboard::text, 'asset://sha256/([0-9a-f]{64})', 'g') m
            )
            delete from asset a where a.workspace_id = $1 and a.sha256 = any($2)
                and not exists (select from project_asset n join video_project p on p.id = n.project_id
                    where n.workspace_id = a.workspace_id and n.sha256 = a.sha256)
                and a.sha256 not in (select sha256 from read)
            returning a.sha256, a.extension
            """;

    /** But those that only a job under way keeps: they are looked at again. */
    private static final String FORGET_UPLOADS =
            """
            delete from project_asset n where n.project_id = $1 and (
                not exists (select from asset a where a.workspace_id = n.workspace_id and a.sha256 = n.sha256)
                or n.sha256 = any($2) and exists (select from project_asset o join video_project p on p.id = o.project_id
                    where o.workspace_id = n.workspace_id and o.sha256 = n.sha256))
            """;

    private static final String UPLOADS_LEFT =
            "select exists (select from project_asset where project_id = $1) as some";

    private static final String REMOVE_STEPS =
            """
            delete from job_step where (job_id, step) in (select s.job_id, s.step
                from job j join job_step s on s.job_id = j.id where j.project_id = $1 limit $2)
            """;

    /** What was spent, and when, stays. */
    private static final String CLOSE =
            """
            with emptied as (
                update job set result = null, input = null
                where project_id = $1 and (result is not null or input is not null)
            )
            delete from project_removal where project_id = $1
            """;

    private final Pool pool;
    private final FileRemovals removals;

    ProjectRemains(Pool pool, FileRemovals removals) {
        this.pool = pool;
        this.removals = removals;
    }

    /** Pictures, voices and clips: whoever else needs one keeps it. */
    Uni<Boolean> giveUpShared(UUID project) {
        return giveUp(GIVE_UP_SHARED, project);
    }

    Uni<Boolean> giveUpExports(UUID project) {
        return giveUp(GIVE_UP_EXPORTS, project);
    }

    private Uni<Boolean> giveUp(String statement, UUID project) {
        return pool.preparedQuery(statement)
                .execute(Tuple.of(project, BATCH))
                .map(rows -> rows.iterator().next().getLong("done") > 0);
    }

    /**
     * Videos, posters and captions of the renders after this one.
     *
     * @return the last render that was seen to, null if there was none
     */
    Uni<UUID> giveUpRenders(UUID project, UUID after) {
        return pool.preparedQuery(RENDERS)
                .execute(Tuple.of(project, after, BATCH))
                .chain(rows -> {
                    List<UUID> renders = list(rows, row -> row.getUUID("id"));
                    List<String> keys = renders.stream()
                            .flatMap(render -> ObjectKeys.allOfRender(render).stream())
                            .toList();
                    return removals.ask(pool, keys, "deleted")
                            .replaceWith(renders.isEmpty() ? null : renders.get(renders.size() - 1));
                });
    }

    /** Uploads that no project names; those that a job under way still reads stay for now. */
    Uni<Boolean> giveUpUploads(UUID workspace, UUID project) {
        return pool.withTransaction(database -> database.preparedQuery(LOCK_UPLOADS)
                        .execute(Tuple.of(project, BATCH))
                        .map(rows -> list(rows, row -> row.getString("sha256")).toArray(String[]::new))
                        .chain(locked -> removeUploads(database, workspace, locked)
                                .chain(() ->
                                        database.preparedQuery(FORGET_UPLOADS).execute(Tuple.of(project, locked)))))
                .chain(() -> pool.preparedQuery(UPLOADS_LEFT).execute(Tuple.of(project)))
                .map(rows -> rows.iterator().next().getBoolean("some"));
    }

    private Uni<Void> removeUploads(SqlConnection database, UUID workspace, String[] uploads) {
        return database.preparedQuery(REMOVE_UPLOADS)
                .execute(Tuple.of(workspace, uploads))
                .chain(rows -> removals.ask(
                        database,
                        list(
                                rows,
                                row -> ObjectKeys.asset(
                                        new AssetReference(row.getString("sha256"), row.getString("extension")))),
                        "deleted"));
    }

    Uni<Boolean> removeSteps(UUID project) {
        return pool.preparedQuery(REMOVE_STEPS)
                .execute(Tuple.of(project, BATCH))
                .map(rows -> rows.rowCount() > 0);
    }

    Uni<Void> close(UUID project) {
        return pool.preparedQuery(CLOSE).execute(Tuple.of(project)).replaceWithVoid();
    }

    private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> reader) {
        return StreamSupport.stream(rows.spliterator(), false).map(reader).toList();
    }
}
