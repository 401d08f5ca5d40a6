package io.storyreel.api.export;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.page.Cursor;
import io.storyreel.api.page.Listing;
import io.storyreel.api.page.Page;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Reads the rows of exports. */
@ApplicationScoped
class VideoExports {
    private static final String SELECT = "select " + VideoExport.COLUMNS
            + " from video_export e join job j on j.id = e.job_id where e.removed_at is null and ";

    private static final String BY_ID = SELECT + "e.id = any($1)";

    /** Of the same video, whichever of the project's renders has made it. */
    private static final String OF_VIDEO = SELECT
            + "e.project_id = $1 and e.source_sha256 = $2 and (e.created_at, e.id) < ($3, $4)"
            + " order by e.created_at desc, e.id desc limit $5";

    /** Not at every part that a player asks for. */
    private static final String USED =
            """
            update video_export set last_used_at = clock_timestamp()
            where id = $1 and last_used_at < clock_timestamp() - interval '1 minute'
            """;

    private final Pool pool;

    VideoExports(Pool pool) {
        this.pool = pool;
    }

    Uni<Map<UUID, VideoExport>> all(Collection<UUID> ids) {
        return pool.preparedQuery(BY_ID)
                .execute(Tuple.tuple().addValue(ids.toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, VideoExport> found = new HashMap<>();
                    rows.forEach(row -> found.put(row.getUUID("id"), VideoExport.of(row)));
                    return found;
                });
    }

    /** Fails if there is none of that id. */
    Uni<VideoExport> find(UUID id) {
        return all(List.of(id)).map(found -> {
            if (!found.containsKey(id)) {
                throw missing(id);
            }
            return found.get(id);
        });
    }

    /** The same, if it is of that render. */
    Uni<VideoExport> find(ExportedVideo video, UUID id) {
        return find(id).invoke(found -> {
            if (!found.projectId().equals(video.projectId())) {
                throw missing(id);
            }
        });
    }

    Uni<Page<VideoExport>> page(ExportedVideo video, Listing asked) {
        Cursor after = asked.after();
        Tuple values = Tuple.of(
                video.projectId(),
                video.sha256(),
                after.createdAt().atOffset(ZoneOffset.UTC),
                after.id(),
                asked.limit() + 1);
        return pool.preparedQuery(OF_VIDEO).execute(values).map(rows -> {
            List<VideoExport> found = StreamSupport.stream(rows.spliterator(), false)
                    .map(VideoExport::of)
                    .toList();
            return Page.of(found, asked, export -> new Cursor(export.createdAt(), export.id()));
        });
    }

    Uni<Void> used(UUID id) {
        return pool.preparedQuery(USED).execute(Tuple.of(id)).replaceWithVoid();
    }

    private static ProblemException missing(UUID id) {
        return new ProblemException(
                ProblemCode.NOT_FOUND, "There is no export " + id + " of this render, or not any more: ask for it.");
    }
}
