package io.storyreel.api.storyboard;

import io.storyreel.api.project.ProjectStatus;
import io.storyreel.common.job.JobStatus;
import io.storyreel.common.ledger.Money;
import io.storyreel.common.storyboard.AspectRatio;
import io.storyreel.common.storyboard.Scene;
import io.storyreel.common.storyboard.Storyboard;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** How a job is getting on, told to whoever knows its id; what it is about is not in it. */
@Schema(name = "StoryboardMetadata")
public record StoryboardMetadata(
        UUID jobId,
        ProjectStatus status,
        Instant createdAt,
        Instant updatedAt,
        boolean approved,
        @Schema(description = "null: not approved") Instant approvedAt,
        Scenes scenes,
        Costs costs,
        Metrics metrics,
        Video video,
        @Schema(description = "null unless the status is failed") StoryboardError error) {

    @Schema(name = "StoryboardScenes")
    public record Scenes(int total, int completed, int failed, List<SceneDetail> details) {}

    @Schema(name = "StoryboardSceneDetail")
    public record SceneDetail(
            int sceneNumber,
            @Schema(description = "Planned seconds") double duration,
            @Schema(
                            description =
                                    "pending: it has no picture yet; ready: it has; rendering; completed; failed: because"
                                            + " of it the render failed",
                            enumeration = {"pending", "ready", "rendering", "completed", "failed"})
                    String status,
            boolean hasImage) {}

    @Schema(name = "StoryboardCosts")
    public record Costs(
            @Schema(description = "null if nobody can say") BigDecimal estimated,
            @Schema(description = "null until it is known") BigDecimal actual,
            @Schema(example = "USD") String currency) {}

    @Schema(name = "StoryboardMetrics")
    public record Metrics(
            @Schema(description = "Refinements of its scenes, those under way included") int refinementCount,
            @Schema(description = "Of the video and its exports; each counts once it was delivered to its last byte")
                    long downloadCount) {}

    @Schema(name = "StoryboardVideo")
    public record Video(
            @Schema(
                            description =
                                    "Whether there is a video to download; of an earlier storyboard while the status is not"
                                            + " completed")
                    boolean available,
            @Schema(description = "Its address, which needs a token; null: none yet", format = "uri") String url,
            Parameters parameters) {}

    @Schema(name = "StoryboardVideoParameters")
    public record Parameters(
            @Schema(description = "Seconds: of the video, or as planned while there is none") double duration,
            AspectRatio aspectRatio,
            String style) {}

    /** @param base address of the job, without a slash at the end */
    static StoryboardMetadata of(
            StoryboardState state, StoryboardProgress progress, StoryboardCosts costs, String base) {
        Storyboard storyboard = state.storyboard();
        return new StoryboardMetadata(
                state.id(),
                state.status(),
                state.createdAt(),
                state.updatedAt(),
                state.approved(),
                state.approvedAt(),
                scenes(state, progress),
                new Costs(Money.shown(costs.estimated()), Money.shown(costs.actual()), Money.CURRENCY),
                new Metrics(state.tally().refinements(), state.downloads()),
                new Video(
                        state.hasVideo(),
                        state.hasVideo() ? base + "/video" : null,
                        new Parameters(
                                state.videoSeconds() == null ? storyboard.plannedSeconds() : state.videoSeconds(),
                                storyboard.aspectRatio(),
                                state.style())),
                StoryboardError.withoutReason(state));
    }

    private static Scenes scenes(StoryboardState state, StoryboardProgress progress) {
        List<SceneDetail> details = new ArrayList<>();
        List<Scene> scenes = state.storyboard().scenes();
        for (int i = 0; i < scenes.size(); i++) {
            Scene scene = scenes.get(i);
            details.add(new SceneDetail(
                    scene.sceneIndex(), scene.duration(), status(state, progress, i), scene.imageUrl() != null));
        }
        return new Scenes(details.size(), count(details, "completed"), count(details, "failed"), List.copyOf(details));
    }

    private static String status(StoryboardState state, StoryboardProgress progress, int position) {
        Scene scene = state.storyboard().scenes().get(position);
        ProjectStatus status = state.status();
        if (scene.imageUrl() == null) {
            return "pending";
        }
        if (status == ProjectStatus.FAILED && Objects.equals(state.render().failedScene(), scene.sceneIndex())) {
            return "failed";
        }
        if (progress.hasCompleted(position, status)) {
            return "completed";
        }
        return status == ProjectStatus.RENDERING && state.render().status() == JobStatus.PROCESSING
                ? "rendering"
                : "ready";
    }

    private static int count(List<SceneDetail> details, String status) {
        return (int) details.stream().filter(one -> one.status().equals(status)).count();
    }
}
