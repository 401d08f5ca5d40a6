package io.storyreel.worker.webhook;

/** The statements of deliveries. Each is one statement and one commit. */
final class DeliverySql {
    private DeliverySql() {}

    /**
     * $1 endpoints that are left out, $2 most deliveries, $3 most of one endpoint, $4 how long they are held in ms:
     * takes deliveries that are due for one attempt, and notes that it begins. If the worker dies, they are due again
     * when the time is over.
     */
    static final String TAKE =
            """
            with waiting as (
                select distinct endpoint_id from webhook_delivery
                where state = 'pending' and next_try_at <= now() and endpoint_id <> all($1::uuid[])
            ), due as (
                select one.id from waiting w cross join lateral (
                    select d.id from webhook_delivery d
                    where d.endpoint_id = w.endpoint_id and d.state = 'pending' and d.next_try_at <= now()
                    order by d.next_try_at limit $3 for update skip locked) one
                limit $2
            ), taken as (
                update webhook_delivery d set attempts = attempts + 1,
                    next_try_at = clock_timestamp() + $4::bigint * interval '1 millisecond'
                from due where d.id = due.id
                returning d.*
            ), begun as (
                insert into webhook_attempt (delivery_id, number) select id, attempts from taken
            )
            select t.id, t.endpoint_id, t.attempts, t.tries, t.body, e.url, coalesce(e.secret, s.secret) as secret,
                case when e.previous_until > now() then e.previous_secret
                     when s.previous_until > now() then s.previous_secret end as previous_secret
            from taken t join webhook_endpoint e on e.id = t.endpoint_id
            left join webhook_default_secret s on e.of_projects and s.workspace_id = e.workspace_id
            """;

    /**
     * $1 delivery, $2 attempt, $3 status, $4 answer, $5 error, $6 duration in ms, $7 ms until the next try or null for
     * none, $8 why the endpoint is to be switched off or null, $9 after how many ms of nothing but failures it is:
     * writes what came of the attempt; answers the endpoint if this switched it off. Its other deliveries end with it.
     * Writes nothing if somebody else has begun another attempt meanwhile.
     *
     * <p>The endpoint is locked before anything is changed, everywhere, so that no two of these wait for each other.
     */
    static final String FAILED =
            """
            with standing as (
                select e.id, e.workspace_id, e.enabled, case when not e.enabled then null
                    when $8::text is not null then $8
                    when e.failing_since < now() - $9::bigint * interval '1 millisecond' then
                        'Every try since ' || to_char(e.failing_since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
                        || ' has failed' end as reason
                from webhook_endpoint e
                where e.id = (select endpoint_id from webhook_delivery where id = $1 and attempts = $2)
                for no key update
            ), tried as (
                update webhook_delivery d set tries = tries + 1,
                    state = case when $7::bigint is null or s.reason is not null then 'failed' else 'pending' end,
                    ended_at = case when $7::bigint is null or s.reason is not null then clock_timestamp() end,
                    next_try_at = clock_timestamp() + coalesce($7::bigint, 0) * interval '1 millisecond'
                from standing s
                where d.id = $1 and d.attempts = $2 and d.state = 'pending'
            ), told as (
                update webhook_attempt set status_code = $3, answer = $4, error = $5, duration_ms = $6
                where delivery_id = $1 and number = $2
            ), failing as (
                update webhook_endpoint e set failing_since = coalesce(e.failing_since, clock_timestamp()),
                    enabled = e.enabled and s.reason is null, disabled_reason = coalesce(s.reason, e.disabled_reason),
                    updated_at = case when s.reason is null then e.updated_at else clock_timestamp() end
                from standing s where e.id = s.id and (e.failing_since is null or s.reason is not null)
            ), dropped as (
                update webhook_delivery d set state = 'failed', ended_at = clock_timestamp()
                from standing s
                where s.reason is not null and d.endpoint_id = s.id and d.state = 'pending' and d.id <> $1
            )
            select id, workspace_id, reason from standing where reason is not null
            """;

    /** $1 delivery, $2 attempt, $3 status, $4 answer, $5 duration in ms. Accepted is accepted, whatever else happened. */
    static final String DELIVERED =
            """
            with standing as (
                select e.id from webhook_endpoint e
                where e.id = (select endpoint_id from webhook_delivery where id = $1) for no key update
            ), delivered as (
                update webhook_delivery d set state = 'delivered', ended_at = clock_timestamp()
                from standing where d.id = $1
            ), told as (
                update webhook_attempt set status_code = $3, answer = $4, duration_ms = $5
                where delivery_id = $1 and number = $2
            )
            update webhook_endpoint e set failing_since = null from standing s
            where e.id = s.id and e.failing_since is not null
            """;

    /** $1 ms: forgets deliveries that ended longer ago, a bounded number at a time. */
    static final String FORGET =
            """
            delete from webhook_delivery where id = any(array(
                select id from webhook_delivery where ended_at < now() - $1::bigint * interval '1 millisecond'
                order by ended_at limit 1000 for update skip locked))
            """;
}
