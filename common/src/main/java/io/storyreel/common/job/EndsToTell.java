package io.storyreel.common.job;

/**
 * Notes renders that have just ended and whose end somebody is to be told of: in the statement that ends them, so that
 * none can be lost.
 */
final class EndsToTell {
    private static final String PART =
            """
            , owed as (
                insert into webhook_due (job_id, webhook_url)
                select e.id, p.webhook_url from %s e left join video_project p on p.id = e.project_id
                where e.kind = 'render' and e.status in ('completed', 'failed', 'canceled')
                    and (p.webhook_url is not null or exists (select from webhook_endpoint w
                        where w.workspace_id = e.workspace_id and w.enabled and not w.of_projects))
                on conflict do nothing
            )""";

    private EndsToTell() {}

    /** @param changed name of the part of the statement that returns the changed jobs */
    static String among(String changed) {
        return PART.formatted(changed);
    }
}
