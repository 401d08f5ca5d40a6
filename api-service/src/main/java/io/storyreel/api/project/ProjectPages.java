package io.storyreel.api.project;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.page.Cursor;
import io.storyreel.api.page.Listing;
import io.storyreel.api.page.Page;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Says which projects a page of the list holds. */
@ApplicationScoped
class ProjectPages {
    /** What {@link ProjectStatus#of} says, for the whole workspace. */
    private static final String STATUS =
            """
            case when j.status in ('pending', 'processing') then 'rendering'
                 when cardinality(p.scenes_without_image) > 0 then 'pending'
                 when j.status in ('completed', 'failed') and j.spec_digest = p.spec_digest then j.status
                 else 'storyboard_ready' end
            """;

    private static final String PAGE =
            """
            select p.id, p.created_at from video_project p
            left join lateral (select status, spec_digest from job
                where $6::text is not null and project_id = p.id and kind = 'render'
                order by created_at desc limit 1) j on true
            where p.workspace_id = $1 and (p.created_at, p.id) < ($2, $3)
                and ($4::boolean is null or p.approved = $4) and ($5::timestamptz is null or p.created_at > $5)
                and ($6::text is null or $6 = %s)
            order by p.created_at desc, p.id desc limit $7
            """
                    .formatted(STATUS);

    private final Pool pool;

    /** A null filters nothing. */
    record Filter(Boolean approved, ProjectStatus status, Instant createdAfter) {}

    ProjectPages(Pool pool) {
        this.pool = pool;
    }

    /** Ids, newest first. */
    Uni<Page<UUID>> page(UUID workspace, Filter filter, Listing asked) {
        Tuple values = Tuple.tuple()
                .addValue(workspace)
                .addValue(asked.after().createdAt().atOffset(ZoneOffset.UTC))
                .addValue(asked.after().id())
                .addValue(filter.approved())
                .addValue(
                        filter.createdAfter() == null
                                ? null
                                : filter.createdAfter().atOffset(ZoneOffset.UTC))
                .addValue(
                        filter.status() == null ? null : filter.status().name().toLowerCase(Locale.ROOT))
                .addValue(asked.limit() + 1);
        return pool.preparedQuery(PAGE).execute(values).map(rows -> {
            List<Cursor> places = StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> new Cursor(row.getOffsetDateTime("created_at").toInstant(), row.getUUID("id")))
                    .toList();
            return Page.of(places, asked, place -> place).map(Cursor::id);
        });
    }
}
