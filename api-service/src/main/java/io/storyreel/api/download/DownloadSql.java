package io.storyreel.api.download;

/** The statements that count downloads. */
final class DownloadSql {
    private DownloadSql() {}

    /**
     * Somebody who asks for every other byte would make a row without end: from so many pieces on, only parts that close
     * gaps are still noted.
     */
    private static final int MOST_PIECES = 200;

    private static final String TOGETHER = "d.delivered + excluded.delivered";

    /**
     * $1.. arrays of transfers, none of the same file to the same client. A file that left at once is a download; so are
     * parts when the last byte that was missing has left, and from then on they belong to the next one.
     */
    static final String COUNT =
            """
            with told as (
                select t.* from unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[])
                    as t(project_id, object_key, client, first, next, size)
                join video_project p on p.id = t.project_id
            ), whole as (
                select * from told where first = 0 and next = size
            ), started_anew as (
                delete from download_part d using whole w where d.object_key = w.object_key and d.client = w.client
            ), part as (
                insert into download_part as d (object_key, client, project_id, size_bytes, delivered)
                select object_key, client, project_id, size, int8multirange(int8range(first, next))
                from told where not (first = 0 and next = size) order by object_key, client
                on conflict (object_key, client) do update set
                    delivered = case when %1$s @> int8range(0, d.size_bytes) then '{}'::int8multirange
                        when (select count(*) from unnest(%1$s)) > %2$d then d.delivered else %1$s end,
                    updated_at = clock_timestamp()
                returning d.project_id, isempty(d.delivered) as complete
            ), counted as (
                select project_id, count(*) as downloads
                from (select project_id from whole union all select project_id from part where complete) d
                group by project_id
            )
            insert into download_count as c (project_id, downloads)
            select project_id, downloads from counted order by project_id
            on conflict (project_id) do update
                set downloads = c.downloads + excluded.downloads, updated_at = clock_timestamp()
            """
                    .formatted(TOGETHER, MOST_PIECES);

    /** $1 seconds after which a download that was broken off is given up, $2 most rows. */
    static final String FORGET =
            """
            delete from download_part where (object_key, client) in (
                select object_key, client from download_part
                where updated_at < clock_timestamp() - $1 * interval '1 second' order by updated_at limit $2)
            """;
}
