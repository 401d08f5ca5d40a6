package io.storyreel.api.project;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.storyreel.common.job.JobStatus;

/** Where a project stands. Derived whenever it is read, so it can never contradict the jobs. */
public enum ProjectStatus {
    /** Pictures are still missing. */
    @JsonProperty("pending")
    PENDING,
    @JsonProperty("storyboard_ready")
    STORYBOARD_READY,
    @JsonProperty("rendering")
    RENDERING,
    @JsonProperty("completed")
    COMPLETED,
    @JsonProperty("failed")
    FAILED;

    /**
     * @param imagesMissing whether a scene has no picture yet
     * @param latest status of the project's latest render, or null if there was none
     * @param ofThisStoryboard whether that render was of the storyboard as it is now
     */
    public static ProjectStatus of(boolean imagesMissing, JobStatus latest, boolean ofThisStoryboard) {
        if (latest != null && !latest.isFinal()) {
            return RENDERING;
        }
        if (imagesMissing) {
            return PENDING;
        }
        if (latest == JobStatus.COMPLETED && ofThisStoryboard) {
            return COMPLETED;
        }
        return latest == JobStatus.FAILED && ofThisStoryboard ? FAILED : STORYBOARD_READY;
    }
}
