package io.storyreel.api.scene;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.JobStatus;
import io.storyreel.common.job.JobStore;
import io.storyreel.common.job.JobView;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** Waits for the picture of a scene, holding no thread. */
@ApplicationScoped
class SceneImageWait {
    private final JobStore jobs;
    private final SceneSettings settings;

    SceneImageWait(JobStore jobs, SceneSettings settings) {
        this.jobs = jobs;
        this.settings = settings;
    }

    /**
     * Completes once the picture is there; fails if its job comes to another end, or takes longer than a request may
     * wait.
     *
     * @param wanted whether somebody still waits; nobody looks any more when it says no
     */
    Uni<Void> made(UUID workspace, UUID job, BooleanSupplier wanted) {
        return Multi.createBy()
                .repeating()
                .uni(() -> jobs.find(workspace, job))
                .withDelay(settings.waitLook())
                .whilst(found -> wanted.getAsBoolean() && !found.status().isFinal())
                .collect()
                .last()
                .ifNoItem()
                .after(settings.longestWait())
                .failWith(() -> tooLong(job))
                .invoke(SceneImageWait::requirePicture)
                .replaceWithVoid();
    }

    private static ProblemException tooLong(UUID job) {
        return new ProblemException(
                ProblemCode.NOT_READY_IN_TIME,
                "The picture takes longer than a request may wait. The work goes on in the job " + job
                        + ", and the scene shows the picture when it is there. Do not repeat the request: it would make"
                        + " another one.",
                Map.of("image_job_id", job));
    }

    private static void requirePicture(JobView job) {
        if (job.status() == JobStatus.FAILED || job.status() == JobStatus.CANCELED) {
            Map<String, Object> members = new HashMap<>(Map.of("image_job_id", job.id()));
            if (job.errorCode() != null) {
                members.put("error_code", job.errorCode());
            }
            String reason = job.errorMessage() == null ? "its job was canceled" : job.errorMessage();
            throw new ProblemException(
                    ProblemCode.PICTURE_NOT_MADE,
                    "The picture was not made: " + reason + ". The scene is as it was, and this does not count as a"
                            + " refinement.",
                    members);
        }
    }
}
