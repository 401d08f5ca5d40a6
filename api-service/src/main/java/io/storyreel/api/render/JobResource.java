package io.storyreel.api.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.JobStore;
import io.storyreel.common.job.JobView;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

import java.util.UUID;

/** Renders under way and done. */
@Path("/api/v1/video/workspaces/{workspace}/render/jobs")
@Tag(name = "Renders")
public class JobResource {
    private final JobStore jobs;

    public JobResource(JobStore jobs) {
        this.jobs = jobs;
    }

    @GET
    @Path("/{job}")
    @Operation(operationId = "getJob", summary = "A render")
    @APIResponse(responseCode = "404", description = "No such job")
    public Uni<JobAnswer> get(@RestPath UUID workspace, @RestPath UUID job, @Context HttpServerRequest http) {
        return existing(workspace, job).map(found -> JobAnswer.of(found, JobAddress.of(http, workspace, job)));
    }

    private Uni<JobView> existing(UUID workspace, UUID job) {
        return jobs.find(workspace, job)
                .onItem()
                .ifNull()
                .failWith(() ->
                        new ProblemException(ProblemCode.NOT_FOUND, "There is no job " + job + " in this workspace."));
    }
}
