package io.storyreel.common.job;

/**
 * The statements behind every state change of a job. Each is one conditional statement that changes the row and writes
 * the event together, so neither can exist without the other and no transaction is held open across round trips. All
 * of them take arrays, so that many jobs share one commit.
 *
 * <p>A leased job is one with an owner. The statements that find jobs by id ask for that and not for the status: with
 * the status Postgres would take the index of all leased jobs instead of the key, and read thousands to change one.
 */
final class JobSql {
    private JobSql() {}

    private static final String EVENT_COLUMNS = "job_id, seq, at, type, status, progress, stage, scene,"
            + " scenes_completed, scenes_total, message, waiting_reason, waiting_until,"
            + " waiting_position, waiting_provider, error_code";

    /** What the changed row says of its event, which has been inserted beside it; type and scene are not in the row. */
    private static final String EVENT_OF_ROW = "id as job_id, last_event as seq, updated_at as at, status, progress,"
            + " stage, scenes_completed, scenes_total, message, waiting_reason, waiting_until, waiting_position,"
            + " waiting_provider, error_code, workspace_id, project_id";

    /** $1 ids, $2 worker; answers the claimed rows. A worker whose own lease has run out claims nothing. */
    static final String CLAIM =
            """
            with claimed as (
                update job set status = 'processing', lease_owner = $2, lease_epoch = lease_epoch + 1,
                    attempts = attempts + 1, started_at = coalesce(started_at, clock_timestamp()),
                    waiting_reason = null, waiting_since = null, waiting_until = null, waiting_position = null,
                    waiting_provider = null, error_code = null,
                    error_message = null, message = 'Started', last_event = last_event + 1,
                    updated_at = clock_timestamp()
                where id = any($1) and status = 'pending' and not_before <= clock_timestamp()
                    and cancel_requested_at is null
                    and exists (select from worker_lease where worker_id = $2 and alive_until > clock_timestamp())
                returning *
            ), told as (
                insert into job_event (job_id, seq, at, type, status, progress, stage, scenes_completed, scenes_total,
                                       message)
                select id, last_event, updated_at, 'progress', status, progress, stage, scenes_completed,
                       scenes_total, message from claimed
            )
            select * from claimed
            """;

    /** $1.. arrays of the changes of leased jobs; answers the events written. A row missing from the answer: lease lost. */
    static final String ADVANCE = advance("");

    /**
     * The same for changes of which some end their job. Apart from the other, which is the most frequent of all: every
     * part more makes it slower (measured, a single change: a tenth) even where it finds nothing to do.
     */
    static final String ADVANCE_AND_TELL = advance(EndsToTell.among("changed"));

    /**
     * The same for changes of which some end their job failed or canceled: whatever its worker still managed, what it has
     * running at providers is looked after.
     */
    static final String ADVANCE_AND_LEAVE = advance(
            """
            , left_open as (
                update provider_task t set look_at = clock_timestamp() from changed e
                where e.status in ('failed', 'canceled') and t.job_id = e.id and t.state in ('begun', 'running')
                    and t.look_at is null
            )"""
                    + EndsToTell.among("changed"));

    private static String advance(String besides) {
        return """
            with change as (
                select * from unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::int[], $6::text[],
                                     $7::text[], $8::int[], $9::int[], $10::text[], $11::text[], $12::text[],
                                     $13::bigint[], $14::int[], $15::text[], $16::text[], $17::text[], $18::bool[],
                                     $19::text[], $20::text[])
                    as c(id, epoch, status, type, progress, stage, message, scene, scenes_completed, step, step_result,
                         waiting_reason, delay_ms, waiting_position, waiting_provider, error_code, error_message,
                         retry, result, cost)
            ), changed as (
                update job j set
                    status = c.status,
                    progress = greatest(j.progress, c.progress),
                    stage = coalesce(c.stage, j.stage),
                    message = coalesce(c.message, j.message),
                    scenes_completed = case when c.status = 'completed' then j.scenes_total
                        else greatest(j.scenes_completed, c.scenes_completed) end,
                    waiting_reason = c.waiting_reason,
                    waiting_since = case when c.waiting_reason is null then null
                        when c.waiting_reason = j.waiting_reason then j.waiting_since else clock_timestamp() end,
                    waiting_until = clock_timestamp() + c.delay_ms * interval '1 millisecond',
                    waiting_position = c.waiting_position,
                    waiting_provider = c.waiting_provider,
                    not_before = case when c.status = 'pending'
                        then clock_timestamp() + c.delay_ms * interval '1 millisecond' else j.not_before end,
                    ring_at = case when c.status = 'pending'
                        then clock_timestamp() + c.delay_ms * interval '1 millisecond' else j.ring_at end,
                    rings = case when c.status = 'pending' then 0 else j.rings end,
                    retries = j.retries + case when c.retry then 1 else 0 end,
                    lease_owner = case when c.status = 'processing' then j.lease_owner end,
                    error_code = c.error_code,
                    error_message = c.error_message,
                    result = coalesce(c.result::jsonb, j.result),
                    cost_actual = coalesce(c.cost::numeric, j.cost_actual),
                    completed_at = case when c.status in ('completed', 'failed', 'canceled') then clock_timestamp() end,
                    last_event = j.last_event + 1,
                    updated_at = clock_timestamp()
                from change c
                where j.id = c.id and j.lease_epoch = c.epoch and j.lease_owner is not null
                returning j.*, c.type as event_type, c.scene as event_scene
            ), finished_step as (
                insert into job_step (job_id, step, result)
                select c.id, c.step, c.step_result::jsonb from change c join changed j on j.id = c.id
                where c.step is not null
                on conflict (job_id, step) do update set result = excluded.result
            )%3$s, told as (
                insert into job_event (%1$s)
                select id, last_event, updated_at, event_type, status, progress, stage, event_scene, scenes_completed,
                       scenes_total, message, waiting_reason, waiting_until, waiting_position, waiting_provider,
                       error_code
                from changed
            )
            select %2$s, event_type as type, event_scene as scene from changed
            """
                .formatted(EVENT_COLUMNS, EVENT_OF_ROW, besides);
    }

    /** $1 job, $2 workspace: a job that nobody has begun ends here, a running one is told to stop. */
    static final String CANCEL =
            """
            with canceled as (
                update job set
                    status = case when status = 'pending' then 'canceled' else status end,
                    completed_at = case when status = 'pending' then clock_timestamp() end,
                    cost_actual = case when status = 'pending' then (select coalesce(sum(t.cost_actual), 0)
                        from provider_task t where t.job_id = job.id) else cost_actual end,
                    message = case when status = 'pending' then 'Canceled' else 'Canceling' end,
                    waiting_reason = null, waiting_since = null, waiting_until = null, waiting_position = null,
                    waiting_provider = null,
                    cancel_requested_at = clock_timestamp(), last_event = last_event + 1,
                    updated_at = clock_timestamp()
                where id = $1 and workspace_id = $2 and status in ('pending', 'processing')
                    and (cancel_requested_at is null or status = 'pending')
                returning *
            ), left_open as (
                -- What an ended job still has running at providers is looked after by whoever has time.
                update provider_task t set look_at = clock_timestamp() from canceled e
                where t.job_id = e.id and e.status in ('failed', 'canceled') and t.state in ('begun', 'running')
            )%3$s, told as (
                insert into job_event (%1$s)
                select id, last_event, updated_at, case status when 'canceled' then 'canceled' else 'progress' end,
                       status, progress, stage, null, scenes_completed, scenes_total, message, null, null, null,
                       null, null
                from canceled
            )
            select %2$s, case status when 'pending' then 'waiting' when 'processing' then 'progress' else status end
                as type, null::integer as scene from canceled
            """
                    .formatted(EVENT_COLUMNS, EVENT_OF_ROW, EndsToTell.among("canceled"));

    /**
     * $1 most jobs, $2 most lease losses: takes the jobs of workers that are dead, and ends those that were canceled
     * while they went back to the queue.
     */
    static final String TAKE_OVER =
            """
            with lost as (
                select j.id from job j
                where j.status = 'processing' and not exists (select from worker_lease w
                    where w.worker_id = j.lease_owner and w.alive_until > clock_timestamp())
                order by j.id limit $1 for update skip locked
            ), unwanted as (
                select j.id from job j where j.status = 'pending' and j.cancel_requested_at is not null
                order by j.id limit $1 for update skip locked
            ), ended as (
                select id from lost union all select id from unwanted
            ), taken as (
                update job j set
                    status = case when cancel_requested_at is not null then 'canceled'
                        when lease_losses >= $2 then 'failed' else 'pending' end,
                    completed_at = case when cancel_requested_at is not null or lease_losses >= $2
                        then clock_timestamp() end,
                    message = case when cancel_requested_at is not null then 'Canceled'
                        when lease_losses >= $2 then 'Every worker that took this job stopped in the middle of it'
                        else 'Its worker stopped; waiting for another' end,
                    error_code = case when cancel_requested_at is null and lease_losses >= $2 then 'worker_lost' end,
                    error_message = case when cancel_requested_at is null and lease_losses >= $2
                        then 'Every worker that took this job stopped in the middle of it' end,
                    waiting_reason = case when cancel_requested_at is null and lease_losses < $2 then 'queue' end,
                    waiting_since = case when cancel_requested_at is null and lease_losses < $2
                        then clock_timestamp() end,
                    waiting_until = null, waiting_position = null, waiting_provider = null,
                    cost_actual = case when cancel_requested_at is not null or lease_losses >= $2
                        then (select coalesce(sum(t.cost_actual), 0) from provider_task t where t.job_id = j.id) end,
                    lease_owner = null, lease_epoch = lease_epoch + 1, lease_losses = lease_losses + 1,
                    not_before = clock_timestamp(), ring_at = clock_timestamp(), rings = 0,
                    last_event = last_event + 1, updated_at = clock_timestamp()
                from ended where j.id = ended.id
                returning j.*
            ), left_open as (
                -- What an ended job still has running at providers is looked after by whoever has time.
                update provider_task t set look_at = clock_timestamp() from taken e
                where t.job_id = e.id and e.status in ('failed', 'canceled') and t.state in ('begun', 'running')
            )%3$s, told as (
                insert into job_event (%1$s)
                select id, last_event, updated_at, case status when 'pending' then 'waiting' else status end,
                       status, progress, stage, null, scenes_completed, scenes_total, message, waiting_reason, null,
                       null, null, error_code
                from taken
            )
            select %2$s, case status when 'pending' then 'waiting' when 'processing' then 'progress' else status end
                as type, null::integer as scene from taken
            """
                    .formatted(EVENT_COLUMNS, EVENT_OF_ROW, EndsToTell.among("taken"));

    /**
     * $1 most jobs: pending jobs that nobody has claimed since they were last rung. Rung ever more rarely, up to a minute.
     * In the order in which they are to be begun, also after Redis lost everything and all are due at once.
     */
    static final String DUE_FOR_RINGING =
            """
            with due as (
            update job set rings = rings + 1,
                ring_at = clock_timestamp() + least(5 * power(2, least(rings, 4)), 60) * interval '1 second'
            where id = any(array(select id from job where status = 'pending' and ring_at <= clock_timestamp()
                                 order by priority desc, ring_at limit $1 for update skip locked))
            returning id, kind, provider, priority, traceparent
            )
            select * from due order by priority desc, id
            """;

    /** $1 jobs, $2 the last number known of each; answers the events with the place of the question ({@code asked}). */
    static final String EVENTS_AFTER =
            """
            select w.asked, e.*, j.workspace_id, j.project_id
            from unnest($1::uuid[], $2::int[]) with ordinality as w(id, known, asked)
            join job_event e on e.job_id = w.id and e.seq > w.known join job j on j.id = w.id
            order by e.job_id, e.seq
            """;

    static final String STEPS = "select step, result::text as result from job_step where job_id = $1";

    static final String SPEC = "select storyboard::text as storyboard from render_spec where digest = $1";
}
