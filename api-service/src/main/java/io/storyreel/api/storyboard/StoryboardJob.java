package io.storyreel.api.storyboard;

import io.storyreel.api.project.ProjectStatus;
import io.storyreel.common.ledger.Money;
import io.storyreel.common.storyboard.Scene;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

/** A project seen together with its latest render. */
@Schema(name = "StoryboardJob")
public record StoryboardJob(
        @Schema(description = "The id of the project") UUID jobId,
        ProjectStatus status,
        boolean approved,
        @Schema(description = "The scenes in their order; scene_index is the scene_number of other calls")
                List<Scene> storyboardData,
        StoryboardProgress progress,
        @Schema(
                        description =
                                "USD: of the latest render if that is of this storyboard, otherwise of one by the default"
                                        + " provider; and of the pictures that were made for its scenes; null if nobody can say",
                        example = "0.75")
                BigDecimal estimatedCost,
        @Schema(description = "USD, as charged; null until it is known", example = "0.70") BigDecimal actualCost,
        @Schema(
                        description =
                                "The video of this storyboard; null unless the status is completed, and once the video was removed",
                        format = "uri")
                String videoUrl,
        @Schema(description = "null unless the status is failed") StoryboardError error,
        @Schema(description = "How often the latest render was begun again", minimum = "0") int retryCount) {

    /** @param base address of the job, without a slash at the end */
    static StoryboardJob of(StoryboardState state, StoryboardProgress progress, StoryboardCosts costs, String base) {
        ProjectStatus status = state.status();
        return new StoryboardJob(
                state.id(),
                status,
                state.approved(),
                state.storyboard().scenes(),
                progress,
                Money.shown(costs.estimated()),
                Money.shown(costs.actual()),
                status == ProjectStatus.COMPLETED && state.hasVideo() ? base + "/video" : null,
                StoryboardError.of(state),
                state.render() == null ? 0 : Math.max(0, state.render().attempts() - 1));
    }
}
