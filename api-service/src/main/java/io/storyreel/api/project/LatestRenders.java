package io.storyreel.api.project;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.JobStatus;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The latest render of each of some projects. */
@ApplicationScoped
class LatestRenders {
    private static final String LATEST =
            """
            select p.id as project_id, j.id, j.status, j.spec_digest, j.removed_at from unnest($1::uuid[]) as p(id)
            cross join lateral (select id, status, spec_digest,
                    (result -> 'removed' ->> 'at')::timestamptz as removed_at from job
                where project_id = p.id and kind = 'render' order by created_at desc limit 1) j
            """;

    private final Pool pool;

    /** @param removedAt when its files were removed because they had been kept long enough; otherwise null */
    record LatestRender(UUID jobId, JobStatus status, String specDigest, Instant removedAt) {}

    LatestRenders(Pool pool) {
        this.pool = pool;
    }

    /** Projects that were never rendered are missing from the answer. */
    Uni<Map<UUID, LatestRender>> of(Collection<UUID> projects) {
        return pool.preparedQuery(LATEST)
                .execute(Tuple.of(projects.toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, LatestRender> latest = new HashMap<>();
                    rows.forEach(row -> latest.put(
                            row.getUUID("project_id"),
                            new LatestRender(
                                    row.getUUID("id"),
                                    JobStatus.of(row.getString("status")),
                                    row.getString("spec_digest"),
                                    instant(row.getOffsetDateTime("removed_at")))));
                    return latest;
                });
    }

    private static Instant instant(OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
