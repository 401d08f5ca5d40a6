package io.storyreel.worker.webhook;

/** The statements that make deliveries of ended renders, all of them in one transaction. */
final class FanOutSql {
    private FanOutSql() {}

    /** $1 most: takes ends that are to be told of. Nobody else sees them until the transaction ends. */
    static final String TAKE =
            """
            with taken as (
                delete from webhook_due where job_id = any(array(
                    select job_id from webhook_due order by at limit $1 for update skip locked))
                returning job_id, webhook_url
            )
            select j.id, j.workspace_id, j.project_id, j.status, j.provider, t.webhook_url, j.error_code,
                j.error_message, j.cost_estimated, j.cost_actual, j.created_at, j.started_at, j.completed_at,
                j.result ? 'video' as has_video, j.result ? 'poster' as has_poster, j.result ? 'captions' as has_captions
            from taken t join job j on j.id = t.job_id
            """;

    /** $1 workspaces, $2 a secret for each that has none yet. In one order, or two workers could wait for each other. */
    static final String DEFAULT_SECRETS =
            """
            insert into webhook_default_secret (workspace_id, secret)
            select workspace_id, min(secret) from unnest($1::uuid[], $2::text[]) as w(workspace_id, secret)
            group by workspace_id order by workspace_id
            on conflict do nothing
            """;

    /** $1 workspaces, $2 addresses, $3 events: those that are no endpoints of projects yet become some. */
    static final String ENDPOINTS_OF_PROJECTS =
            """
            insert into webhook_endpoint (id, workspace_id, url, events, of_projects)
            select uuidv7(), workspace_id, url, $3::text[], true
            from (select distinct * from unnest($1::uuid[], $2::text[]) as w(workspace_id, url)) w
            order by workspace_id, md5(url)
            on conflict do nothing
            """;

    /** $1 jobs, $2 workspaces, $3 addresses of their projects, $4 events, $5 bodies: a delivery for every endpoint. */
    static final String DELIVER =
            """
            insert into webhook_delivery (id, endpoint_id, job_id, type, body)
            select uuidv7(), e.id, w.job_id, w.type, w.body
            from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[])
                as w(job_id, workspace_id, url, type, body)
            join webhook_endpoint e on e.workspace_id = w.workspace_id and e.enabled and w.type = any(e.events)
                and (not e.of_projects or e.url = w.url)
            on conflict do nothing
            """;
}
