package io.storyreel.api.webhook;

/** The statements of endpoints. */
final class EndpointSql {
    private EndpointSql() {}

    /** $1 workspace: until the transaction ends nobody else adds endpoints to it. */
    static final String ALONE = "select pg_advisory_xact_lock(hashtextextended($1::uuid::text, 20261122))";

    /**
     * $1 workspace, $2 url, $3 events, $4 enabled, $5 secret, $6 most endpoints, $7 id; answers nothing if there are so
     * many.
     */
    static final String ADD =
            """
            insert into webhook_endpoint (id, workspace_id, url, events, enabled, secret)
            select $7, $1, $2, $3::text[], $4, $5
            where (select count(*) from webhook_endpoint where workspace_id = $1 and not of_projects) < $6
            returning %s
            """
                    .formatted(WebhookEndpoint.COLUMNS);

    /** $1 workspace, $2, $3 the last one known, $4 most. */
    static final String PAGE =
            """
            select %s from webhook_endpoint where workspace_id = $1 and (created_at, id) < ($2, $3)
            order by created_at desc, id desc limit $4
            """
                    .formatted(WebhookEndpoint.COLUMNS);

    /** As {@link #ONE}, with its secret. */
    static final String MADE = "select %s, secret from webhook_endpoint where workspace_id = $1 and id = $2"
            .formatted(WebhookEndpoint.COLUMNS);

    static final String ONE =
            "select %s from webhook_endpoint where workspace_id = $1 and id = $2".formatted(WebhookEndpoint.COLUMNS);

    /**
     * $1 workspace, $2 endpoint, $3 url, $4 events, $5 enabled, each null for what stands. Switched on again, it starts
     * afresh; switched off, its pending deliveries end. The endpoint is locked before them, as the workers do.
     */
    static final String CHANGE =
            """
            with changed as (
                update webhook_endpoint set url = coalesce($3, url), events = coalesce($4::text[], events),
                    enabled = coalesce($5, enabled),
                    disabled_reason = case when $5::boolean is null then disabled_reason end,
                    failing_since = case when $5 and not enabled or $3 <> url then null else failing_since end,
                    updated_at = clock_timestamp()
                where workspace_id = $1 and id = $2
                returning *
            ), dropped as (
                update webhook_delivery d set state = 'failed', ended_at = clock_timestamp()
                from changed c where not c.enabled and d.endpoint_id = c.id and d.state = 'pending'
            )
            select %s from changed
            """
                    .formatted(WebhookEndpoint.COLUMNS);

    static final String REMOVE = "delete from webhook_endpoint where workspace_id = $1 and id = $2";

    /** $1 workspace, $2 endpoint, $3 the new secret, $4 for how many ms the old one signs too. */
    static final String ROTATE =
            """
            update webhook_endpoint set previous_secret = secret, secret = $3,
                previous_until = clock_timestamp() + $4::bigint * interval '1 millisecond',
                updated_at = clock_timestamp()
            where workspace_id = $1 and id = $2 and not of_projects
            returning %s
            """
                    .formatted(WebhookEndpoint.COLUMNS);

    static final String DEFAULT = "select secret, previous_until from webhook_default_secret where workspace_id = $1";

    /** The same for the default secret: $1 workspace, $2 the new one, $3 ms; answers until when the old one signs. */
    static final String ROTATE_DEFAULT =
            """
            insert into webhook_default_secret as s (workspace_id, secret) values ($1, $2)
            on conflict (workspace_id) do update set previous_secret = s.secret, secret = excluded.secret,
                previous_until = clock_timestamp() + $3::bigint * interval '1 millisecond'
            returning previous_until
            """;
}
