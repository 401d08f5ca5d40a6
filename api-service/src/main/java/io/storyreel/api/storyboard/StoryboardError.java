package io.storyreel.api.storyboard;

import io.storyreel.api.project.ProjectStatus;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Why the latest render failed. */
@Schema(name = "StoryboardError")
public record StoryboardError(
        @Schema(description = "For programs", example = "unusable_image") String code,
        @Schema(description = "For people: what happened and what to change") String message) {
    private static final String NOT_FOR_EVERYBODY = "The render failed. Whose job it is can see why.";

    /** Null unless the storyboard as it is now has failed. */
    static StoryboardError of(StoryboardState state) {
        return state.status() == ProjectStatus.FAILED
                ? new StoryboardError(state.render().errorCode(), state.render().errorMessage())
                : null;
    }

    /** For whoever knows the job's id: messages name hosts and quote providers. */
    static StoryboardError withoutReason(StoryboardState state) {
        return state.status() == ProjectStatus.FAILED
                ? new StoryboardError(state.render().errorCode(), NOT_FOR_EVERYBODY)
                : null;
    }
}
