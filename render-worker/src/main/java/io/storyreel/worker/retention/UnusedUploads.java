package io.storyreel.worker.retention;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.storage.ObjectKeys;
import io.storyreel.common.storyboard.AssetReference;
import io.storyreel.worker.removal.FileRemovals;
import io.storyreel.worker.run.Chore;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Removes uploads that no project has ever named. */
@ApplicationScoped
class UnusedUploads implements Chore {
    private static final Logger LOG = Logger.getLogger(UnusedUploads.class);
    private static final int BATCH = 200;

    /** Whoever saves a project locks the uploads that it names: what is locked here is named by nobody who saves. */
    private static final String LOCK =
            """
            select a.workspace_id, a.sha256 from asset a
            where a.created_at < clock_timestamp() - make_interval(secs => $1::float8)
                and not exists (select from project_asset n
                    where n.workspace_id = a.workspace_id and n.sha256 = a.sha256)
            order by a.created_at limit $2 for update of a skip locked
            """;

    /** A statement of its own: it sees what was saved before the locks were had. */
    private static final String REMOVE =
            """
            delete from asset a using unnest($1::uuid[], $2::text[]) as l(workspace_id, sha256)
            where a.workspace_id = l.workspace_id and a.sha256 = l.sha256
                and not exists (select from project_asset n
                    where n.workspace_id = a.workspace_id and n.sha256 = a.sha256)
            returning a.sha256, a.extension
            """;

    private final Pool pool;
    private final FileRemovals removals;
    private final RetentionSettings settings;

    UnusedUploads(Pool pool, FileRemovals removals, RetentionSettings settings) {
        this.pool = pool;
        this.removals = removals;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "removing unused uploads";
    }

    @Override
    public Duration pause() {
        return settings.look();
    }

    @Override
    public Uni<Void> round(Path scratch) {
        return settings.uploads().isEmpty()
                ? Uni.createFrom().voidItem()
                : pool.withTransaction(
                                database -> remove(database, settings.uploads().get()))
                        .invoke(count -> {
                            if (count > 0) {
                                LOG.infof("unused uploads removed: count=%d", count);
                            }
                        })
                        .chain(count -> count == BATCH
                                ? round(scratch)
                                : Uni.createFrom().voidItem());
    }

    private Uni<Integer> remove(SqlConnection database, Duration kept) {
        return database.preparedQuery(LOCK)
                .execute(Tuple.of(kept.toMillis() / 1e3, BATCH))
                .chain(locked -> {
                    UUID[] workspaces = StreamSupport.stream(locked.spliterator(), false)
                            .map(row -> row.getUUID("workspace_id"))
                            .toArray(UUID[]::new);
                    String[] digests = StreamSupport.stream(locked.spliterator(), false)
                            .map(row -> row.getString("sha256"))
                            .toArray(String[]::new);
                    return database.preparedQuery(REMOVE).execute(Tuple.of(workspaces, digests));
                })
                .chain(removed -> {
                    List<String> keys = StreamSupport.stream(removed.spliterator(), false)
                            .map(row -> ObjectKeys.asset(
                                    new AssetReference(row.getString("sha256"), row.getString("extension"))))
                            .toList();
                    return removals.ask(database, keys, "retention").replaceWith(keys.size());
                });
    }
}
