package io.storyreel.worker.removal;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/**
 * The rows of files to be removed. Asking is never wrong: a file that somebody needs is not removed, as the function
 * {@code take_removals} of the database sees to.
 */
@ApplicationScoped
public class FileRemovals {
    private static final String ASK =
            "insert into object_removal (object_key, reason) select unnest($1::text[]), $2 on conflict do nothing";

    private static final String TAKE =
            """
            select * from take_removals($1, $2, make_interval(secs => $3::float8), make_interval(secs => $4::float8))
            """;

    private static final String GONE =
            """
            with gone as (
                delete from object_removal where object_key = $1 and taken_by = $2 returning sweep_id, size_bytes
            )
            update object_sweep s set removed = s.removed + 1, removed_bytes = s.removed_bytes + coalesce(g.size_bytes, 0)
            from gone g where s.id = g.sweep_id
            """;

    private static final String LATER =
            """
            update object_removal set asked_at = clock_timestamp() + make_interval(secs => $3::float8)
            where object_key = $1 and taken_by = $2
            """;

    private static final String FORGET_HOLDS =
            """
            delete from object_use where (object_key, user_id) in (select object_key, user_id from object_use
                where held_until < clock_timestamp() limit $1)
            """;

    private final Pool pool;
    private final RemovalSettings settings;
    private final UUID taker = UUID.randomUUID();

    /** @param reason why it was given up: deleted, retention or orphan */
    record Taken(String key, String reason) {}

    public FileRemovals(Pool pool, RemovalSettings settings) {
        this.pool = pool;
        this.settings = settings;
    }

    /** In the caller's transaction, if {@code database} is one. */
    public Uni<Void> ask(SqlClient database, Collection<String> keys, String reason) {
        return keys.isEmpty()
                ? Uni.createFrom().voidItem()
                : database.preparedQuery(ASK)
                        .execute(Tuple.of(keys.toArray(String[]::new), reason))
                        .replaceWithVoid();
    }

    /** Files that nobody needs and that are this worker's to remove; those that it has taken before among them. */
    Uni<List<Taken>> take(int most) {
        Tuple values = Tuple.of(most, taker, seconds(settings.settle()), seconds(settings.again()));
        return pool.preparedQuery(TAKE).execute(values).map(rows -> StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new Taken(row.getString("object_key"), row.getString("reason")))
                .toList());
    }

    Uni<Void> gone(Taken file) {
        return pool.preparedQuery(GONE).execute(Tuple.of(file.key(), taker)).replaceWithVoid();
    }

    Uni<Void> later(Taken file, Duration pause) {
        return pool.preparedQuery(LATER)
                .execute(Tuple.of(file.key(), taker, seconds(pause)))
                .replaceWithVoid();
    }

    /** What was needed for a time that is over. */
    Uni<Void> forgetHolds(int most) {
        return pool.preparedQuery(FORGET_HOLDS).execute(Tuple.of(most)).replaceWithVoid();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
