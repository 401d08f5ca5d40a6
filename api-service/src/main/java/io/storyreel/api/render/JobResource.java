package io.storyreel.api.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.page.Listing;
import io.storyreel.api.page.Page;
import io.storyreel.api.page.Parameters;
import io.storyreel.common.job.JobKind;
import io.storyreel.common.job.JobStatus;
import io.storyreel.common.job.JobStore;
import io.storyreel.common.job.JobView;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

/** Renders under way and done. */
@Path("/api/v1/video/workspaces/{workspace}/render/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Renders")
public class JobResource {
    private final JobStore jobs;
    private final RenderJobs list;
    private final Cancellations cancellations;
    private final JobAnswers answers;

    /** Every event of a job in order, and what it cost. */
    public record History(UUID jobId, int attempts, JobAnswer.Cost cost, List<EventAnswer> events) {}

    /** @param status as it is right now; a running job ends as canceled a little later */
    @Schema(name = "Canceling")
    public record Canceling(UUID jobId, String status, BigDecimal costActual) {}

    public JobResource(JobStore jobs, RenderJobs list, Cancellations cancellations, JobAnswers answers) {
        this.jobs = jobs;
        this.list = list;
        this.cancellations = cancellations;
        this.answers = answers;
    }

    @GET
    @Operation(operationId = "listJobs", summary = "Renders, newest first")
    public Uni<Page<JobAnswer>> list(
            @RestPath UUID workspace,
            @RestQuery String status,
            @RestQuery("project_id") String project,
            @RestQuery String kind,
            @RestQuery("created_after") String createdAfter,
            @RestQuery String limit,
            @RestQuery String cursor,
            @Context UriInfo uri,
            @Context HttpServerRequest http) {
        RenderJobs.Filter filter = new RenderJobs.Filter(
                Parameters.oneOf("status", status, JobStatus.class),
                Parameters.id("project_id", project),
                Parameters.oneOf("kind", kind, JobKind.class),
                Parameters.instant("created_after", createdAfter));
        return list.list(workspace, filter, Listing.of(uri))
                .chain(page -> answers.among(page.items(), http).map(page::map));
    }

    @GET
    @Path("/{job}")
    @Operation(operationId = "getJob", summary = "A render")
    @APIResponse(
            responseCode = "200",
            description = "The job",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = JobAnswer.class)))
    @APIResponse(responseCode = "404", description = "No such job")
    public Uni<JobAnswer> get(@RestPath UUID workspace, @RestPath UUID job, @Context HttpServerRequest http) {
        return existing(workspace, job).chain(found -> answers.of(found, http));
    }

    @GET
    @Path("/{job}/history")
    @Operation(operationId = "getHistory", summary = "Everything that happened to a render")
    public Uni<History> history(@RestPath UUID workspace, @RestPath UUID job) {
        return existing(workspace, job).chain(found -> jobs.eventsAfter(job, 0)
                .map(events -> new History(
                        job,
                        found.attempts(),
                        JobAnswer.cost(found),
                        events.stream().map(EventAnswer::of).toList())));
    }

    @POST
    @Path("/{job}/cancel")
    @ResponseStatus(202)
    @Operation(operationId = "cancelJob", summary = "Stop a render")
    @APIResponse(
            responseCode = "202",
            description = "It is canceled, or its worker was told to stop",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Canceling.class)))
    @APIResponse(responseCode = "409", description = "It has ended already")
    public Uni<Canceling> cancel(@RestPath UUID workspace, @RestPath UUID job) {
        return existing(workspace, job)
                .invoke(JobResource::requireActive)
                .chain(() -> cancellations.cancel(workspace, job))
                .chain(() -> existing(workspace, job))
                .map(now -> new Canceling(
                        job, now.status().wireName(), JobAnswer.cost(now).actual()));
    }

    private static void requireActive(JobView job) {
        if (job.status().isFinal() && job.status() != JobStatus.CANCELED) {
            throw new ProblemException(
                    ProblemCode.CONFLICT,
                    "The job is " + job.status().wireName() + " already; there is nothing to cancel.");
        }
    }

    private Uni<JobView> existing(UUID workspace, UUID job) {
        return jobs.find(workspace, job)
                .onItem()
                .ifNull()
                .failWith(() ->
                        new ProblemException(ProblemCode.NOT_FOUND, "There is no job " + job + " in this workspace."));
    }
}
