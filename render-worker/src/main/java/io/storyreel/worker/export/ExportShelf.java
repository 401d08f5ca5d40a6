package io.storyreel.worker.export;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The rows of exports, as the worker changes them. */
@ApplicationScoped
class ExportShelf {
    private static final String MADE =
            """
            select object_key, media_type, size_bytes, sha256, seconds, width, height from video_export
            where id = $1 and ready_at is not null and removed_at is null
            """;

    /** Only the job that the row waits for may say so: an older one has been given up. */
    private static final String READY =
            """
            update video_export set object_key = $3, media_type = $4, size_bytes = $5, sha256 = $6, seconds = $7,
                width = $8, height = $9, ready_at = clock_timestamp(), last_used_at = clock_timestamp()
            where id = $1 and job_id = $2 and removed_at is null
            """;

    /**
     * What is given away is marked before its file goes, so that nobody is promised a file that is about to vanish:
     * whoever asks for the same between the two gets another row.
     */
    private static final String GIVE_AWAY =
            """
            update video_export set removed_at = clock_timestamp() where removed_at is null and id = any(array(
                select e.id from video_export e left join job j on j.id = e.job_id
                where e.removed_at is null and coalesce(j.status not in ('pending', 'processing'), true)
                    and (e.last_used_at < clock_timestamp() - make_interval(secs => $1)
                        or not exists (select from video_project p where p.id = e.project_id)
                        or e.last_used_at < clock_timestamp() - make_interval(secs => $2)
                            and e.source_sha256 is distinct from (select r.result -> 'video' ->> 'sha256' from job r
                                where r.project_id = e.project_id and r.kind = 'render' and r.status = 'completed'
                                order by r.created_at desc limit 1))
                order by e.last_used_at limit $3
                for update of e skip locked))
            """;

    private static final String GIVEN_AWAY =
            "select id, object_key from video_export where removed_at is not null order by removed_at limit $1";

    private static final String GONE = "delete from video_export where id = $1 and removed_at is not null";

    private final Pool pool;

    /** @param key null if there never was a file */
    record GivenAway(UUID id, String key) {}

    ExportShelf(Pool pool) {
        this.pool = pool;
    }

    /** The file if it is there already, else null. */
    Uni<MadeExport> made(UUID export) {
        return pool.preparedQuery(MADE).execute(Tuple.of(export)).map(rows -> {
            var found = rows.iterator();
            return found.hasNext() ? made(found.next()) : null;
        });
    }

    /** False if nobody waits for this job's file any more. */
    Uni<Boolean> ready(UUID export, UUID job, MadeExport made) {
        Tuple values = Tuple.tuple()
                .addValue(export)
                .addValue(job)
                .addValue(made.key())
                .addValue(made.mediaType())
                .addValue(made.size())
                .addValue(made.sha256())
                .addValue(made.seconds())
                .addValue(made.width())
                .addValue(made.height());
        return pool.preparedQuery(READY).execute(values).map(rows -> rows.rowCount() > 0);
    }

    /** Marks what is not to be kept any longer. */
    Uni<Integer> giveAway(Duration retention, Duration replacedRetention, int most) {
        return pool.preparedQuery(GIVE_AWAY)
                .execute(Tuple.of((double) retention.toSeconds(), (double) replacedRetention.toSeconds(), most))
                .map(rows -> rows.rowCount());
    }

    Uni<List<GivenAway>> givenAway(int most) {
        return pool.preparedQuery(GIVEN_AWAY).execute(Tuple.of(most)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(row -> new GivenAway(row.getUUID("id"), row.getString("object_key")))
                .toList());
    }

    Uni<Void> gone(GivenAway export) {
        return pool.preparedQuery(GONE).execute(Tuple.of(export.id())).replaceWithVoid();
    }

    private static MadeExport made(Row row) {
        return new MadeExport(
                row.getString("object_key"),
                row.getString("media_type"),
                row.getLong("size_bytes"),
                row.getString("sha256"),
                row.getDouble("seconds"),
                row.getInteger("width"),
                row.getInteger("height"));
    }
}
