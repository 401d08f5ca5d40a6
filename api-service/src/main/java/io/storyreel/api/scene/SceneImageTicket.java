package io.storyreel.api.scene;

import io.storyreel.api.render.JobAddress;
import io.vertx.core.http.HttpServerRequest;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.UUID;

/** A picture that is being made for a scene. */
@Schema(name = "SceneImageJob")
public record SceneImageTicket(
        @Schema(description = "The job whose scene it is") UUID jobId,
        @Schema(example = "3") int sceneNumber,
        @Schema(description = "Who makes the picture: a job like any other") UUID imageJobId,
        @Schema(description = "Names the progress channel; the same as image_job_id") UUID taskId,
        @Schema(enumeration = {"pending", "processing", "completed", "failed", "canceled"}) String status,
        @Schema(description = "The job that makes the picture", format = "uri") String url,
        @Schema(description = "Its progress as server-sent events", format = "uri") String progressUrl) {

    static SceneImageTicket of(UUID workspace, UUID project, int scene, UUID job, HttpServerRequest http) {
        String url = JobAddress.of(http, workspace, job);
        return new SceneImageTicket(project, scene, job, job, "pending", url, url + "/events");
    }
}
