package io.storyreel.api.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.page.Cursor;
import io.storyreel.api.page.Listing;
import io.storyreel.api.page.Page;
import io.storyreel.common.job.JobKind;
import io.storyreel.common.job.JobStatus;
import io.storyreel.common.job.JobView;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Lists jobs, newest first. */
@ApplicationScoped
class RenderJobs {
    private static final String PAGE = "select " + JobView.COLUMNS
            + """
             from job where workspace_id = $1 and (created_at, id) < ($2, $3)
                and ($4::text is null or status = $4) and ($5::uuid is null or project_id = $5)
                and ($6::text is null or kind = $6) and ($7::timestamptz is null or created_at > $7)
            order by created_at desc, id desc limit $8
            """;

    private final Pool pool;

    /** A null filters nothing. */
    record Filter(JobStatus status, UUID project, JobKind kind, Instant createdAfter) {}

    RenderJobs(Pool pool) {
        this.pool = pool;
    }

    Uni<Page<JobView>> list(UUID workspace, Filter filter, Listing asked) {
        Tuple values = Tuple.tuple()
                .addValue(workspace)
                .addValue(asked.after().createdAt().atOffset(ZoneOffset.UTC))
                .addValue(asked.after().id())
                .addValue(filter.status() == null ? null : filter.status().wireName())
                .addValue(filter.project())
                .addValue(filter.kind() == null ? null : filter.kind().wireName())
                .addValue(
                        filter.createdAfter() == null
                                ? null
                                : filter.createdAfter().atOffset(ZoneOffset.UTC))
                .addValue(asked.limit() + 1);
        return pool.preparedQuery(PAGE).execute(values).map(rows -> {
            List<JobView> found = StreamSupport.stream(rows.spliterator(), false)
                    .map(JobView::of)
                    .toList();
            return Page.of(found, asked, job -> new Cursor(job.createdAt(), job.id()));
        });
    }
}
