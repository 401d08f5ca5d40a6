package io.storyreel.api.storyboard;

import io.storyreel.api.project.ProjectStatus;
import io.storyreel.api.storyboard.StoryboardState.LatestRender;
import io.storyreel.common.job.JobStatus;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Duration;
import java.time.Instant;

/** How far a storyboard has come on its way to a video. */
@Schema(name = "StoryboardProgress")
public record StoryboardProgress(
        @Schema(
                        description = "What is done now, or waited for",
                        example = "animate",
                        enumeration = {
                            "images",
                            "approval",
                            "render",
                            "queue",
                            "prepare",
                            "speak",
                            "animate",
                            "compose",
                            "verify",
                            "store",
                            "completed",
                            "failed"
                        })
                String currentStage,
        @Schema(description = "The same for people") String message,
        @Schema(minimum = "1", maximum = "100") int scenesTotal,
        @Schema(description = "Scenes of the video that are done; 0 before it is rendered", minimum = "0")
                int scenesCompleted,
        @Schema(description = "scene_index of the scene that is worked on; null: none, or the whole video is")
                Integer currentScene,
        @Schema(
                        description =
                                "How long renders with this provider usually take, less what this one has taken already;"
                                        + " 0 once it is completed; null if nothing is being rendered or nobody can say")
                Long estimatedCompletionSeconds) {

    /** @param usual how long renders with the provider of the latest one take; null if it is not known */
    static StoryboardProgress of(StoryboardState state, Duration usual, Instant now) {
        int total = state.storyboard().scenes().size();
        LatestRender render = state.render();
        return switch (state.status()) {
            case PENDING -> new StoryboardProgress("images", missing(state), total, 0, null, null);
            case STORYBOARD_READY ->
                state.approved()
                        ? new StoryboardProgress("render", "Approved, but not rendered yet", total, 0, null, null)
                        : new StoryboardProgress("approval", "Waiting for approval", total, 0, null, null);
            case RENDERING ->
                new StoryboardProgress(
                        stage(render),
                        render.message(),
                        total,
                        Math.min(total, render.scenesCompleted()),
                        render.status() == JobStatus.PENDING ? null : render.currentScene(),
                        left(render, usual, now));
            case COMPLETED -> new StoryboardProgress("completed", render.message(), total, total, null, 0L);
            case FAILED ->
                new StoryboardProgress(
                        "failed", render.message(), total, Math.min(total, render.scenesCompleted()), null, null);
        };
    }

    private static String missing(StoryboardState state) {
        int missing = state.storyboard().scenesWithoutImage().size();
        int total = state.storyboard().scenes().size();
        return missing + " of " + total + (total == 1 ? " scene has" : " scenes have") + " no picture yet";
    }

    private static String stage(LatestRender render) {
        if (render.status() == JobStatus.PENDING) {
            return "queue";
        }
        return render.stage() == null ? "prepare" : render.stage();
    }

    private static Long left(LatestRender render, Duration usual, Instant now) {
        if (usual == null) {
            return null;
        }
        Duration worked = render.startedAt() == null ? Duration.ZERO : Duration.between(render.startedAt(), now);
        return Math.max(0, usual.minus(worked).toSeconds());
    }

    /** Whether the scene counts as done: scenes are composed in their order. */
    boolean hasCompleted(int position, ProjectStatus status) {
        return status == ProjectStatus.COMPLETED || position < scenesCompleted;
    }
}
