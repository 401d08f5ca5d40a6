package io.storyreel.common.ledger;

/** The statements of the ledger. They take arrays, so that many tasks share one commit. */
final class LedgerSql {
    private LedgerSql() {}

    private static final String COLUMNS = "job_id, purpose, scene, attempt, provider, digest, state, provider_task_id,"
            + " cost_actual, result::text as result, begun_at";

    /**
     * $1.. arrays of purchases; answers the attempt that counts: the open or successful one, else a new one. No row:
     * the lease is lost, or another worker began the same attempt this very moment.
     */
    static final String BEGIN =
            """
            with wanted as (
                select w.*, j.workspace_id, t.attempt, t.state
                from unnest($1::uuid[], $2::bigint[], $3::text[], $4::int[], $5::text[], $6::text[], $7::text[])
                    as w(job_id, epoch, purpose, scene, provider, digest, cost)
                join job j on j.id = w.job_id and j.lease_epoch = w.epoch and j.lease_owner is not null
                left join lateral (select attempt, state from provider_task t
                    where t.job_id = w.job_id and t.purpose = w.purpose and t.scene = w.scene
                    order by attempt desc limit 1) t on true
            ), begun as (
                insert into provider_task (job_id, workspace_id, purpose, scene, attempt, provider, digest,
                                           cost_estimated)
                select job_id, workspace_id, purpose, scene, coalesce(attempt, 0) + 1, provider, digest, cost::numeric
                from wanted
                where state is null or state in ('failed', 'canceled', 'lost')
                on conflict do nothing
                returning %1$s
            )
            select *, true as fresh from begun
            union all
            select %1$s, false as fresh from provider_task
            where (job_id, purpose, scene, attempt) in (select job_id, purpose, scene, attempt from wanted
                where state in ('begun', 'running', 'succeeded'))
            """
                    .formatted(COLUMNS);

    /** $1.. arrays of changes. Carries no lease: what a provider did is true whoever holds the job by now. */
    static final String CHANGE =
            """
            update provider_task t set
                state = c.state,
                provider_task_id = coalesce(c.provider_task_id, t.provider_task_id),
                submitted_at = case when c.provider_task_id is null then t.submitted_at else clock_timestamp() end,
                cost_actual = coalesce(c.cost::numeric, t.cost_actual),
                result = coalesce(c.result::jsonb, t.result),
                error = c.error,
                ended_at = case when c.state = 'running' then null else clock_timestamp() end
            from unnest($1::uuid[], $2::text[], $3::int[], $4::int[], $5::text[], $6::text[], $7::text[], $8::text[],
                        $9::text[])
                as c(job_id, purpose, scene, attempt, state, provider_task_id, cost, result, error)
            where t.job_id = c.job_id and t.purpose = c.purpose and t.scene = c.scene and t.attempt = c.attempt
                and t.state in ('begun', 'running')
            """;

    /** $1 job; answers the attempts that have not ended. */
    static final String OPEN =
            """
            select %1$s, false as fresh from provider_task
            where job_id = $1 and state in ('begun', 'running')
            order by purpose, scene, attempt
            """
                    .formatted(COLUMNS);

    /** $1 job; answers what was charged so far. */
    static final String SPENT = "select coalesce(sum(cost_actual), 0) as spent from provider_task where job_id = $1";
}
