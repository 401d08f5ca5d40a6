package io.storyreel.common.job;

/** The statements that write new jobs with their first event. They take arrays, so that many jobs share one commit. */
final class AcceptanceSql {
    private AcceptanceSql() {}

    private static final String ACCEPT =
            """
            with wanted as (
                select w.*, exact_estimate::numeric as estimate, exact_cost::numeric as cost
                from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::int[], $7::text[],
                            $8::bool[], $9::text[], $10::text[], $11::text[], $12::int[])
                    as w(id, workspace_id, project_id, spec_digest, provider, scenes_total, exact_estimate, exclusive,
                         trace, fallback, exact_cost, priority)
            ), allowed as (
                select w.* from wanted w join video_project p on p.id = w.project_id
                    and p.workspace_id = w.workspace_id and %5$s and p.spec_digest = w.spec_digest %7$s
            ), %1$s inserted as (
                insert into job (id, kind, workspace_id, project_id, spec_digest, provider, fallback, scenes_total,
                                 cost_estimated, cost_reserved, exclusive, traceparent, priority, message, ring_at)
                select id, 'render', workspace_id, project_id, spec_digest, provider, fallback, scenes_total,
                       estimate, coalesce(cost, 0), exclusive, trace, priority, 'Waiting for a worker',
                       clock_timestamp() + interval '5 seconds'
                from %2$s
                -- In one order everywhere, or two statements could wait for each other's projects for ever.
                order by project_id, id
                on conflict do nothing
                returning id, created_at, message, scenes_total
            ), told as (
                insert into job_event (job_id, seq, at, type, status, progress, message, scenes_total)
                select id, 1, created_at, 'progress', 'pending', 0, message, scenes_total from inserted
            )%6$s
            select w.id, i.created_at, a.id is not null as unchanged %3$s
            from wanted w left join %4$s a on a.id = w.id left join inserted i on i.id = w.id
            """;

    private static final String APPROVED = "p.approved";

    /** Approval by the statement that accepts the job: refused, nothing of it remains. */
    private static final String APPROVAL =
            """
            , approval as (
                update video_project p set approved = true, approved_at = clock_timestamp(), version = p.version + 1,
                    updated_at = clock_timestamp()
                from inserted i join wanted w on w.id = i.id
                where p.id = w.project_id and p.spec_digest = w.spec_digest and not p.approved
            )""";

    /**
     * What is approved is what is rendered, so nobody may change it meanwhile. Whoever changes storyboards has locked the
     * project before the workspace, and so it is here.
     */
    private static final String LOCKED = "order by p.id for no key update of p";

    /** $1.. arrays of the new jobs; answers (id, created_at, unchanged) for every one of them, in any order. */
    static final String OF_FREE_JOBS = freeJobs(APPROVED, "", "");

    /** The same, of which those whose ids are in the array $13 approve their projects. */
    static final String OF_APPROVING_FREE_JOBS = freeJobs(approvedOrIn("$13"), APPROVAL, LOCKED);

    private static String freeJobs(String approved, String approval, String locked) {
        return ACCEPT.formatted("", "allowed", "", "allowed", approved, approval, locked);
    }

    private static String approvedOrIn(String approving) {
        return "(p.approved or w.id = any(" + approving + "::uuid[]))";
    }

    /**
     * As for free jobs, then $13, $14 the limits of workspaces without limits of their own; also answers whether the
     * budget admits the job, and why not. What nobody knows the cost of is admitted only where there is no limit.
     *
     * <p>Where there is a limit, the workspace is locked until the commit: one statement at a time adds to what is
     * reserved. Workspaces are locked in the order of their ids and before any project, everywhere, so that statements
     * cannot wait for each other in a circle; the sort before the insert ends the locking first. Within a statement the
     * cheapest jobs come first: none is refused because of a dearer one that does not fit either.
     */
    static final String OF_PAID_JOBS = paidJobs("wanted", APPROVED, "", "");

    /** The same, of which those whose ids are in the array $15 approve their projects. */
    static final String OF_APPROVING_PAID_JOBS = paidJobs("allowed", approvedOrIn("$15"), APPROVAL, LOCKED);

    private static String paidJobs(String first, String approved, String approval, String locked) {
        return ACCEPT.formatted(
                """
            limits as (
                select distinct w.workspace_id,
                    case when b.workspace_id is null then $13::numeric else b.daily_limit end as daily_limit,
                    case when b.workspace_id is null then $14::numeric else b.monthly_limit end as monthly_limit
                from %s w left join budget b on b.workspace_id = w.workspace_id
            ), limited as materialized (
                select * from limits where daily_limit is not null or monthly_limit is not null order by workspace_id
            ), used as materialized (
                select l.*, u.* from limited l cross join lateral budget_use(l.workspace_id, true) u
            ), judged as (
                select a.*, u.daily_limit, u.monthly_limit, u.today, u.spent_today, u.spent_this_month, u.reserved,
                    u.workspace_id is null or a.cost is not null and sum(a.cost) over (partition by a.workspace_id order by a.cost, a.id)
                        <= least(u.daily_limit - u.spent_today, u.monthly_limit - u.spent_this_month) - u.reserved
                        as admitted
                from allowed a left join used u on u.workspace_id = a.workspace_id
            ),"""
                        .formatted(first),
                "judged where admitted",
                ", a.admitted, a.daily_limit, a.monthly_limit, a.today, a.spent_today, a.spent_this_month, a.reserved",
                "judged",
                approved,
                approval,
                locked);
    }

    /**
     * $1 job, $2 kind, $3 workspace, $4 project, $5 spec digest, $6 provider, $7 subject, $8 input, $9 message, $10 cost,
     * $11 trace, $12, $13 the limits of workspaces without limits of their own; answers one row: when it was written,
     * whether the project is known, and what the budget says. Workspaces are locked as for paid renders.
     */
    static final String OF_PROJECT_JOB =
            """
            with limits as (
                select case when b.workspace_id is null then $12::numeric else b.daily_limit end as daily_limit,
                       case when b.workspace_id is null then $13::numeric else b.monthly_limit end as monthly_limit
                from (select) one left join budget b on b.workspace_id = $3
            ), used as materialized (
                select l.*, u.* from limits l cross join lateral budget_use($3, true) u
                where $10::numeric > 0 and (l.daily_limit is not null or l.monthly_limit is not null)
            ), judged as (
                select coalesce((select $10::numeric <= least(u.daily_limit - u.spent_today,
                    u.monthly_limit - u.spent_this_month) - u.reserved from used u), true) as admitted,
                    exists (select from video_project p where p.id = $4 and p.workspace_id = $3) as known
            ), inserted as (
                insert into job (id, kind, workspace_id, project_id, spec_digest, provider, exclusive, subject, input,
                                 cost_estimated, cost_reserved, traceparent, message, ring_at)
                select $1, $2, $3, $4, $5, $6, false, $7, $8::text::jsonb, $10::numeric, $10::numeric, $11, $9,
                       clock_timestamp() + interval '5 seconds'
                from judged where admitted and known
                on conflict do nothing
                returning id, created_at, message
            ), told as (
                insert into job_event (job_id, seq, at, type, status, progress, message)
                select id, 1, created_at, 'progress', 'pending', 0, message from inserted
            )
            select i.created_at, j.admitted, j.known, u.*
            from judged j left join inserted i on true left join used u on true
            """;

    /** $1 project, $2 kind, $3 subject: who is at that work. */
    static final String ACTIVE_OF_SUBJECT =
            """
            select id from job where project_id = $1 and kind = $2 and subject = $3
                and status in ('pending', 'processing')
            """;
}
