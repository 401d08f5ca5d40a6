package io.storyreel.worker.retention;

import io.smallrye.mutiny.Uni;
import io.storyreel.worker.run.Chore;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.nio.file.Path;
import java.time.Duration;

/** Gives up the files of renders that are old, or that newer renders of their project have replaced. */
@ApplicationScoped
class OldVideos implements Chore {
    private static final Logger LOG = Logger.getLogger(OldVideos.class);
    private static final int BATCH = 200;

    /**
     * The result says from then on that it was removed, and when; that is committed together with the wish to remove the
     * files, so that nobody is promised a file that is about to vanish. A video that is being exported stays for now.
     */
    private static final String GIVE_UP =
            """
            with old as (
                select j.id, j.result from job j
                where j.kind = 'render' and j.status = 'completed' and (j.result -> 'video') is not null
                    and (j.completed_at < clock_timestamp() - make_interval(secs => $1::float8)
                        or $2 <= (select count(*) from job n where n.project_id = j.project_id and n.kind = 'render'
                            and n.status = 'completed' and (n.created_at, n.id) > (j.created_at, j.id)))
                    and not exists (select from job e where e.project_id = j.project_id and e.kind = 'export'
                        and e.status in ('pending', 'processing'))
                order by j.completed_at limit $3 for update of j skip locked
            ), removed as (
                update job j set result = j.result - 'video' - 'poster' - 'captions' || jsonb_build_object('removed',
                    jsonb_build_object('at', to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                        'reason', 'retention'))
                from old where j.id = old.id
            ), asked as (
                insert into object_removal (object_key, reason)
                select k.key, 'retention' from old cross join lateral (values (old.result -> 'video' ->> 'key'),
                    (old.result -> 'poster' ->> 'key'), (old.result -> 'captions' ->> 'srt'),
                    (old.result -> 'captions' ->> 'vtt')) as k(key)
                -- The mock's videos are one file that all its renders share.
                where k.key like 'renders/%'
                on conflict do nothing
            )
            select count(*) as renders from old
            """;

    private final Pool pool;
    private final RetentionSettings settings;

    OldVideos(Pool pool, RetentionSettings settings) {
        if (settings.renders().orElse(1) < 1) {
            throw new IllegalArgumentException("storyreel.retention.renders must be at least 1, is "
                    + settings.renders().getAsInt());
        }
        this.pool = pool;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "giving up old videos";
    }

    @Override
    public Duration pause() {
        return settings.look();
    }

    @Override
    public Uni<Void> round(Path scratch) {
        if (settings.videos().isEmpty() && settings.renders().isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Double age = settings.videos().map(kept -> kept.toMillis() / 1e3).orElse(null);
        Long newest =
                settings.renders().isPresent() ? Long.valueOf(settings.renders().getAsInt()) : null;
        return pool.preparedQuery(GIVE_UP)
                .execute(Tuple.of(age, newest, BATCH))
                .map(rows -> rows.iterator().next().getLong("renders"))
                .invoke(renders -> {
                    if (renders > 0) {
                        LOG.infof("videos given up: renders=%d", renders);
                    }
                })
                .chain(renders ->
                        renders == BATCH ? round(scratch) : Uni.createFrom().voidItem());
    }
}
