package io.storyreel.api.export;

import com.github.f4b6a3.uuid.UuidCreator;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.storyreel.api.budget.OverBudget;
import io.storyreel.api.dispatch.Doorbell;
import io.storyreel.common.export.ExportOrder;
import io.storyreel.common.job.Acceptance;
import io.storyreel.common.job.JobKind;
import io.storyreel.common.job.ProjectJob;
import io.storyreel.common.job.ProjectJobs;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Orders exports. What is there is used again, what is under way is waited for, and only the rest is made. */
@ApplicationScoped
public class Exports {
    private static final String LOCAL = "local";

    /** Locks the row, so that of equal requests the second finds the job of the first. */
    private static final String PLACE =
            """
            insert into video_export (id, workspace_id, project_id, source_job_id, source_sha256, quality, parameters,
                                      format, cache_key)
            values ($1, $2, $3, $4, $5, $6, $7::text::jsonb, $8, $9)
            on conflict (project_id, cache_key) where removed_at is null
                do update set last_used_at = clock_timestamp()
            returning id, job_id, ready_at is not null as ready
            """;

    /** A statement of its own: the one that has waited for the lock does not see the job that was written meanwhile. */
    private static final String UNDER_WAY = "select from job where id = $1 and status in ('pending', 'processing')";

    private static final String MADE_BY = "update video_export set job_id = $2 where id = $1";

    private final Pool pool;
    private final ExportPresets presets;
    private final VideoExports exports;
    private final ProjectJobs jobs;
    private final Doorbell doorbell;

    /** @param job to be rung for once it is committed; null if none was needed */
    private record Placed(String cacheKey, UUID export, ProjectJob job) {}

    Exports(Pool pool, ExportPresets presets, VideoExports exports, ProjectJobs jobs, Doorbell doorbell) {
        this.pool = pool;
        this.presets = presets;
        this.exports = exports;
        this.jobs = jobs;
        this.doorbell = doorbell;
    }

    /**
     * One export for each choice, in their order; two choices of the same file are one export.
     *
     * @param traceparent W3C trace context of the request, or null
     */
    public Uni<List<VideoExport>> order(ExportedVideo video, List<ExportChoice> choices, String traceparent) {
        return presets.wishes(video.workspaceId(), choices).chain(wishes -> placeAll(video, wishes, traceparent)
                .invoke(this::ring)
                .chain(placed -> inOrder(video, wishes, placed)));
    }

    /** In the order of their keys, so that two requests never wait for each other's rows. */
    private Uni<List<Placed>> placeAll(ExportedVideo video, List<ExportWish> wishes, String traceparent) {
        List<ExportWish> distinct = wishes.stream()
                .collect(Collectors.toMap(wish -> wish.cacheKey(video), wish -> wish, (one, same) -> one))
                .values()
                .stream()
                .sorted(Comparator.comparing(wish -> wish.cacheKey(video)))
                .toList();
        return pool.withTransaction(database -> Multi.createFrom()
                .iterable(distinct)
                .onItem()
                .transformToUniAndConcatenate(wish -> place(database, video, wish, traceparent))
                .collect()
                .asList());
    }

    private Uni<Placed> place(SqlClient database, ExportedVideo video, ExportWish wish, String traceparent) {
        String cacheKey = wish.cacheKey(video);
        Tuple values = Tuple.tuple()
                .addValue(UuidCreator.getTimeOrderedEpochFast())
                .addValue(video.workspaceId())
                .addValue(video.projectId())
                .addValue(video.jobId())
                .addValue(video.sha256())
                .addValue(wish.quality())
                .addValue(ExportOrder.write(wish.parameters()))
                .addValue(wish.format().extension())
                .addValue(cacheKey);
        return database.preparedQuery(PLACE).execute(values).chain(rows -> {
            Row row = rows.iterator().next();
            UUID export = row.getUUID("id");
            return needsJob(database, row)
                    .chain(needed -> needed
                            ? accept(database, export, job(video, wish, export, traceparent))
                            : Uni.createFrom().nullItem())
                    .map(job -> new Placed(cacheKey, export, job));
        });
    }

    /** Nobody has made it, and nobody is at it: it is new, or whoever tried has failed or was canceled. */
    private static Uni<Boolean> needsJob(SqlClient database, Row row) {
        UUID job = row.getUUID("job_id");
        if (row.getBoolean("ready")) {
            return Uni.createFrom().item(false);
        }
        return job == null
                ? Uni.createFrom().item(true)
                : database.preparedQuery(UNDER_WAY).execute(Tuple.of(job)).map(found -> found.size() == 0);
    }

    private Uni<ProjectJob> accept(SqlClient database, UUID export, ProjectJob job) {
        return jobs.accept(database, job).chain(acceptance -> {
            UUID maker = acceptance instanceof Acceptance.UnderWay underWay ? underWay.jobId() : job.id();
            if (acceptance instanceof Acceptance.ProjectChanged) {
                throw new ProblemException(ProblemCode.NOT_FOUND, "The project of this video was deleted.");
            }
            if (acceptance instanceof Acceptance.OverBudget over) {
                throw OverBudget.by(over.shortage());
            }
            return database.preparedQuery(MADE_BY)
                    .execute(Tuple.of(export, maker))
                    .map(written -> maker.equals(job.id()) ? job : null);
        });
    }

    private static ProjectJob job(ExportedVideo video, ExportWish wish, UUID export, String traceparent) {
        return new ProjectJob(
                UuidCreator.getTimeOrderedEpochFast(),
                JobKind.EXPORT,
                video.workspaceId(),
                video.projectId(),
                video.specDigest(),
                LOCAL,
                wish.cacheKey(video),
                new ExportOrder(export, video.key(), wish.format(), wish.parameters()).toJson(),
                "Waiting to be exported",
                BigDecimal.ZERO,
                traceparent);
    }

    private void ring(List<Placed> placed) {
        placed.stream()
                .filter(one -> one.job() != null)
                .forEach(one -> doorbell.ring(one.job().waiting()));
    }

    private Uni<List<VideoExport>> inOrder(ExportedVideo video, List<ExportWish> wishes, List<Placed> placed) {
        Map<String, UUID> byKey = placed.stream().collect(Collectors.toMap(Placed::cacheKey, Placed::export));
        return exports.all(byKey.values()).map(found -> wishes.stream()
                .map(wish -> found.get(byKey.get(wish.cacheKey(video))))
                .toList());
    }
}
