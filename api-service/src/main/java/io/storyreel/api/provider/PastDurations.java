package io.storyreel.api.provider;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** How long providers took lately: medians, kept in memory. What is not known is null. */
@ApplicationScoped
public class PastDurations {

    /** Of the last 100 tasks of each provider that a worker has told of. */
    private static final String OF_TASKS =
            """
            select p.provider, percentile_cont(0.5) within group (order by t.seconds) as seconds
            from (select distinct provider from provider_state where kind <> 'SPEECH') p
            cross join lateral (
                select extract(epoch from ended_at - begun_at)::float8 as seconds from provider_task
                where provider = p.provider and state = 'succeeded' and purpose <> 'speech' and provider <> 'mock'
                    and submitted_at is not null
                order by ended_at desc limit 100) t
            group by p.provider
            """;

    /** Of the last 1,000 renders. */
    private static final String OF_JOBS =
            """
            select provider, percentile_cont(0.5) within group (
                order by extract(epoch from completed_at - started_at)::float8) as seconds
            from (select provider, status, started_at, completed_at from job
                where kind = 'render' order by id desc limit 1000) j
            where status = 'completed' and started_at is not null
            group by provider
            """;

    private final Pool pool;
    private volatile Map<String, Duration> tasks = Map.of();
    private volatile Map<String, Duration> jobs = Map.of();

    public PastDurations(Pool pool) {
        this.pool = pool;
    }

    /** From before the provider was asked until its clip or video was ours. */
    public Duration ofTask(String provider) {
        return tasks.get(provider);
    }

    /** From the beginning of the work on a job until its end. */
    public Duration ofJob(String provider) {
        return jobs.get(provider);
    }

    Uni<Void> refresh() {
        return pool.query(OF_TASKS)
                .execute()
                .invoke(rows -> tasks = byProvider(rows))
                .chain(() -> pool.query(OF_JOBS).execute())
                .invoke(rows -> jobs = byProvider(rows))
                .replaceWithVoid();
    }

    private static Map<String, Duration> byProvider(RowSet<Row> rows) {
        Map<String, Duration> medians = new HashMap<>();
        rows.forEach(row -> medians.put(
                row.getString("provider"), Duration.ofMillis(Math.round(row.getDouble("seconds") * 1_000))));
        return Map.copyOf(medians);
    }
}
