package io.storyreel.worker.retention;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.storage.ObjectUses;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;

/**
 * Goes through the jobs that ended long ago, oldest first, and takes something of each: every one once, however often it
 * is asked. How far it is stands in a row that locks out other workers.
 */
@ApplicationScoped
class EndedJobs {
    private static final int BATCH = 200;

    private static final String MARK =
            """
            insert into retention_mark (what, completed_at, job_id) values ($1, '-infinity', $2) on conflict do nothing
            """;

    private static final String TAKE =
            """
            with mark as materialized (
                select * from retention_mark where what = $1 for update
            ), ended as materialized (
                select j.id, j.completed_at from mark m cross join lateral (
                    select id, completed_at from job where completed_at is not null
                        and (completed_at, id) > (m.completed_at, m.job_id)
                        and completed_at < clock_timestamp() - make_interval(secs => $2::float8)
                    order by completed_at, id limit $3) j
            ), moved as (
                update retention_mark m set completed_at = l.completed_at, job_id = l.id
                from (select * from ended order by completed_at desc, id desc limit 1) l where m.what = $1
            ), %s
            select count(*) as jobs from ended
            """;

    private final Pool pool;

    EndedJobs(Pool pool) {
        this.pool = pool;
    }

    /**
     * @param what names how far this has come
     * @param parts of a statement that take something of the jobs in {@code ended}
     * @return how many jobs there were
     */
    Uni<Long> take(String what, Duration kept, String parts) {
        String statement = TAKE.formatted(parts);
        return pool.preparedQuery(MARK)
                .execute(Tuple.of(what, ObjectUses.NOBODY))
                .chain(() -> whole(what, kept, statement, 0));
    }

    private Uni<Long> whole(String what, Duration kept, String statement, long before) {
        return pool.preparedQuery(statement)
                .execute(Tuple.of(what, kept.toMillis() / 1e3, BATCH))
                .map(rows -> rows.iterator().next().getLong("jobs"))
                .chain(jobs -> jobs == BATCH
                        ? whole(what, kept, statement, before + jobs)
                        : Uni.createFrom().item(before + jobs));
    }
}
