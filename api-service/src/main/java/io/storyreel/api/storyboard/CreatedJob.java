package io.storyreel.api.storyboard;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.storyreel.api.project.ProjectAnswer;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.UUID;

/** The project that was made, which is the job. */
@Schema(name = "CreatedStoryboardJob")
public record CreatedJob(
        @Schema(description = "The id of the project") UUID jobId, @JsonUnwrapped ProjectAnswer project) {}
