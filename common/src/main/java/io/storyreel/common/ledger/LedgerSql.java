package io.storyreel.common.ledger;

/** The statements of the ledger. They take arrays, so that many tasks share one commit. */
final class LedgerSql {
    private LedgerSql() {}

    private static final String COLUMNS = "%1$sjob_id, %1$spurpose, %1$sscene, %1$spart, %1$sattempt, %1$sprovider,"
            + " %1$sdigest, %1$sstate, %1$sprovider_task_id, %1$shandle::text as handle, %1$scost_estimated,"
            + " %1$scost_actual,"
            + " %1$sresult::text as result, %1$sbegun_at, %1$ssent_at,"
            + " %1$slook_at is not null as left_behind";

    private static final String OF_TASK = COLUMNS.formatted("t.");

    /**
     * $1.. arrays of purchases; answers the provider's attempt that counts: the open or successful one, else a new one.
     * No row: the lease is lost, or another worker began the same attempt this very moment.
     */
    static final String BEGIN =
            """
            with wanted as (
                select w.*, j.workspace_id, t.attempt, t.state, coalesce(e.last, 0) as last, e.lost, e.failed
                from unnest($1::uuid[], $2::bigint[], $3::text[], $4::int[], $5::int[], $6::text[], $7::text[],
                            $8::text[])
                    as w(job_id, epoch, purpose, scene, part, provider, digest, cost)
                join job j on j.id = w.job_id and j.lease_epoch = w.epoch and j.lease_owner is not null
                left join lateral (select max(attempt) as last,
                        count(*) filter (where t.provider = w.provider and t.state = 'lost') as lost,
                        count(*) filter (where t.provider = w.provider and t.state = 'failed'
                            and (t.provider_task_id is not null or t.cost_actual > 0)) as failed
                    from provider_task t
                    where t.job_id = w.job_id and t.purpose = w.purpose and t.scene = w.scene and t.part = w.part) e
                    on true
                left join lateral (select attempt, state from provider_task t
                    where t.job_id = w.job_id and t.purpose = w.purpose and t.scene = w.scene and t.part = w.part
                        and t.provider = w.provider
                    order by attempt desc limit 1) t on true
            ), begun as (
                insert into provider_task as t (job_id, workspace_id, purpose, scene, part, attempt, provider, digest,
                                                cost_estimated)
                select job_id, workspace_id, purpose, scene, part, last + 1, provider, digest, cost::numeric from wanted
                where state is null or state in ('failed', 'canceled', 'lost')
                on conflict do nothing
                returning %1$s
            )
            select b.*, true as fresh, w.lost, w.failed
            from begun b join wanted w using (job_id, purpose, scene, part)
            union all
            select %1$s, false as fresh, w.lost, w.failed
            from wanted w join provider_task t using (job_id, purpose, scene, part, attempt)
            where w.state in ('begun', 'running', 'succeeded')
            """
                    .formatted(OF_TASK);

    /**
     * $1.. arrays of changes. Carries no lease: what a provider did is true whoever holds the job by now. A task that is
     * looked after again, or has come to its end, is not left behind any more.
     */
    static final String CHANGE =
            """
            update provider_task t set
                state = c.state,
                provider_task_id = coalesce(c.provider_task_id, t.provider_task_id),
                handle = coalesce(c.handle::jsonb, t.handle),
                submitted_at = case when c.provider_task_id is null then t.submitted_at else clock_timestamp() end,
                states = case when c.seen is null then t.states else t.states
                    || jsonb_build_array(jsonb_build_object('at', clock_timestamp(), 'state', c.seen)) end,
                cost_estimated = coalesce(c.estimate::numeric, t.cost_estimated),
                -- What never left has cost nothing.
                cost_actual = coalesce(c.cost::numeric, t.cost_actual,
                    case when c.state in ('failed', 'canceled', 'lost') and t.sent_at is null
                        and t.provider_task_id is null then 0 end),
                result = coalesce(c.result::jsonb, t.result),
                error = c.error,
                look_at = case
                    when c.provider_task_id is not null
                        then case when t.state in ('lost', 'canceled') then clock_timestamp() else t.look_at end
                    when c.look_ms is not null then clock_timestamp() + c.look_ms * interval '1 millisecond'
                    -- A worker that has lost its job does not know yet that the task was left behind.
                    when c.state = 'running' and t.look_at is not null and not exists
                        (select from job j where j.id = t.job_id and j.lease_owner is not null) then t.look_at end,
                ended_at = case when c.state = 'running' then null else clock_timestamp() end
            from unnest($1::uuid[], $2::text[], $3::int[], $4::int[], $5::int[], $6::text[], $7::text[], $8::text[],
                        $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::bigint[])
                as c(job_id, purpose, scene, part, attempt, state, provider_task_id, handle, seen, estimate, cost,
                     result, error, look_ms)
            where t.job_id = c.job_id and t.purpose = c.purpose and t.scene = c.scene and t.part = c.part
                and t.attempt = c.attempt
                -- What was given up may be accepted, or made in its one call, after all: it is paid for.
                and (t.state in ('begun', 'running')
                    or t.state in ('lost', 'canceled') and (c.provider_task_id is not null
                        or t.provider_task_id is null and c.cost is not null))
            """;

    private static final String THIS_TASK =
            " where job_id = $1 and purpose = $2 and scene = $3 and part = $4 and attempt = $5 and state = 'begun'";

    /**
     * $1 to $5 the attempt, $6 the call, $7 whether the provider knows the attempt again: it is called now. Changes no
     * row if another call has left for it, or if it was ended, or its job, while this one stood in our queue.
     */
    static final String SENDING = "update provider_task t set sent_at = clock_timestamp(), sent_by = $6, look_at = null"
            + THIS_TASK + " and (sent_at is null or sent_by = $6 or $7)"
            + " and exists (select from job j where j.id = t.job_id and j.lease_owner is not null)";

    /** $1 to $5 the attempt, $6 the call: the provider has said that it does not take the task now. */
    static final String NOT_SENT =
            "update provider_task set sent_at = null, sent_by = null" + THIS_TASK + " and sent_by = $6";

    /** $1 to $5 the attempt, $6 what was charged for it, while what was made has yet to be kept. */
    static final String CHARGED = "update provider_task set cost_actual = $6" + THIS_TASK;

    /** $1 to $5 the attempt, $6 why: the provider has not got the task, unless somebody else has found that it has. */
    static final String NOT_ACCEPTED = "update provider_task set state = 'failed', cost_actual = 0, error = $6,"
            + " look_at = null, ended_at = clock_timestamp()" + THIS_TASK;

    /** $1 job; answers the attempts that have not ended. */
    static final String OPEN =
            """
            select %1$s, false as fresh, 0::bigint as lost, 0::bigint as failed from provider_task t
            where job_id = $1 and state in ('begun', 'running')
            order by purpose, scene, part, attempt
            """
                    .formatted(OF_TASK);

    /** $1 job, $2 milliseconds: its open attempts are looked at then, whatever becomes of whoever cares for them now. */
    static final String LEAVE =
            """
            update provider_task set look_at = clock_timestamp() + $2 * interval '1 millisecond'
            where job_id = $1 and state in ('begun', 'running')
            """;

    /** $1 most tasks, $2 milliseconds until somebody else may take them; answers those that are due and are ours now. */
    static final String TAKE_LEFT =
            """
            update provider_task t set look_at = clock_timestamp() + $2 * interval '1 millisecond'
            from job j
            where j.id = t.job_id and (t.job_id, t.purpose, t.scene, t.part, t.attempt) in (
                select job_id, purpose, scene, part, attempt from provider_task
                where look_at <= clock_timestamp() order by look_at limit $1 for update skip locked)
            returning %1$s, false as fresh, 0::bigint as lost, 0::bigint as failed, j.status as job_status,
                j.spec_digest
            """
                    .formatted(OF_TASK);

    /** $1 workspace, $2 digests; answers what has been made of them already. */
    static final String MADE =
            """
            select distinct on (digest) digest, result::text as result from provider_task
            where workspace_id = $1 and digest = any($2) and purpose <> 'speech' and provider <> 'mock'
                and state = 'succeeded'
            order by digest, ended_at desc
            """;

    /** $1 job, $2 digests, $3 why: what was made of them is of no use. */
    static final String USELESS =
            """
            update provider_task set state = 'failed', result = null, error = $3
            where job_id = $1 and digest = any($2) and state = 'succeeded'
            """;

    /** $1 job: what was charged after it ended counts in what it has cost. */
    static final String SETTLE_LATE =
            """
            update job set cost_actual = (select coalesce(sum(t.cost_actual), 0) from provider_task t
                where t.job_id = job.id)
            where id = $1 and completed_at is not null
            """;

    /** $1 job; answers what was charged so far. */
    static final String SPENT = "select coalesce(sum(cost_actual), 0) as amount from provider_task where job_id = $1";

    /** $1 job; answers what may have been charged besides. */
    static final String POSSIBLE =
            "select coalesce(sum(cost_possible), 0) as amount from provider_task where job_id = $1";
}
