package io.storyreel.api.storyboard;

import io.storyreel.api.project.ProjectStatus;
import io.storyreel.common.job.JobStatus;
import io.storyreel.common.scene.SceneTally;
import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.common.storyboard.StoryboardJson;
import io.vertx.mutiny.sqlclient.Row;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * A project together with its latest render, read at one moment.
 *
 * @param render the latest one; null if there was none
 * @param hasVideo whether the last render that was completed has its video still
 * @param videoSeconds its length; null if there is none
 * @param downloads of its videos and exports
 * @param tally what became of the wishes for its scenes
 * @param picturesActual in USD, exact: what was charged for pictures of its scenes; null if nothing is known of any
 */
record StoryboardState(
        UUID id,
        UUID workspaceId,
        String style,
        Storyboard storyboard,
        String specDigest,
        boolean approved,
        Instant approvedAt,
        Instant createdAt,
        Instant updatedAt,
        LatestRender render,
        boolean hasVideo,
        Double videoSeconds,
        long downloads,
        SceneTally tally,
        BigDecimal picturesActual) {

    /**
     * @param ofThisStoryboard whether it is of the storyboard as it is now
     * @param currentScene the one that was last told of; null if none was
     * @param failedScene the one because of which it failed; null if it was not because of a single one
     * @param costEstimated in USD, exact; null if nobody could say; so is {@code costActual}, null until known
     */
    record LatestRender(
            UUID id,
            JobStatus status,
            boolean ofThisStoryboard,
            String provider,
            String stage,
            String message,
            int scenesCompleted,
            Integer currentScene,
            Integer failedScene,
            int attempts,
            String errorCode,
            String errorMessage,
            BigDecimal costEstimated,
            BigDecimal costActual,
            Instant startedAt) {}

    /** The columns that {@link #of} reads, of the project whose id is $1. */
    static final String SELECT =
            """
            select p.id, p.workspace_id, p.style, p.storyboard::text as storyboard, p.spec_digest, p.approved,
                p.approved_at, p.created_at, p.updated_at,
                j.id as render_id, j.status, j.spec_digest as rendered_digest, j.provider, j.stage, j.message,
                j.scenes_completed, j.attempts, j.error_code, j.error_message, j.cost_estimated, j.cost_actual,
                j.started_at, s.scene as current_scene, s.failed_scene, coalesce(v.there, false) as has_video, v.seconds as video_seconds,
                coalesce(d.downloads, 0) as downloads,
                (select sum(cost_actual) from job where project_id = p.id and kind = 'scene_image') as pictures_actual
            from video_project p
            left join lateral (select * from job where project_id = p.id and kind = 'render'
                order by created_at desc limit 1) j on true
            left join lateral (select scene, case when type = 'failed' then scene end as failed_scene from job_event
                where job_id = j.id and scene is not null order by seq desc limit 1) s on true
            left join lateral (select result -> 'video' ->> 'key' is not null as there,
                    (result -> 'video' ->> 'seconds')::float8 as seconds from job
                where project_id = p.id and kind = 'render' and status = 'completed'
                order by created_at desc limit 1) v on true
            left join download_count d on d.project_id = p.id
            where p.id = $1""";

    static StoryboardState of(Row row, SceneTally tally) {
        return new StoryboardState(
                row.getUUID("id"),
                row.getUUID("workspace_id"),
                row.getString("style"),
                StoryboardJson.read(row.getString("storyboard")),
                row.getString("spec_digest"),
                row.getBoolean("approved"),
                instant(row, "approved_at"),
                instant(row, "created_at"),
                instant(row, "updated_at"),
                row.getUUID("render_id") == null ? null : render(row),
                row.getBoolean("has_video"),
                row.getDouble("video_seconds"),
                row.getLong("downloads"),
                tally,
                row.getBigDecimal("pictures_actual"));
    }

    private static LatestRender render(Row row) {
        return new LatestRender(
                row.getUUID("render_id"),
                JobStatus.of(row.getString("status")),
                row.getString("rendered_digest").equals(row.getString("spec_digest")),
                row.getString("provider"),
                row.getString("stage"),
                row.getString("message"),
                row.getInteger("scenes_completed"),
                row.getInteger("current_scene"),
                row.getInteger("failed_scene"),
                row.getInteger("attempts"),
                row.getString("error_code"),
                row.getString("error_message"),
                row.getBigDecimal("cost_estimated"),
                row.getBigDecimal("cost_actual"),
                instant(row, "started_at"));
    }

    private static Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    ProjectStatus status() {
        return ProjectStatus.of(
                !storyboard.scenesWithoutImage().isEmpty(),
                render == null ? null : render.status(),
                render != null && render.ofThisStoryboard());
    }

    /** The latest render if it is, or was, of the storyboard as it is now and has not been canceled; else null. */
    LatestRender presentRender() {
        return render == null || !render.ofThisStoryboard() || render.status() == JobStatus.CANCELED ? null : render;
    }
}
