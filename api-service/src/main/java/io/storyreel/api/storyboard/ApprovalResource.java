package io.storyreel.api.storyboard;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.auth.Authentication;
import io.storyreel.api.auth.Caller;
import io.storyreel.api.idempotency.ReservedId;
import io.storyreel.api.render.RenderAcceptance;
import io.storyreel.api.render.RenderResource.RenderRequest;
import io.storyreel.api.render.TraceContext;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

import java.util.UUID;

/** Approves storyboards and starts their renders, both or neither. */
@Path("/api/v2/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Storyboards")
public class ApprovalResource {
    private final Authentication authentication;
    private final StoryboardJobs jobs;
    private final RenderAcceptance acceptance;
    private final StoryboardConditions conditions;

    /** @param renderJobId the render: its events, history and cancellation are those of any render */
    @Schema(name = "RenderingStarted")
    public record RenderingStarted(
            @Schema(enumeration = "rendering_started") String status,
            UUID jobId,
            @Schema(description = "The render; its progress is streamed and it is canceled under this id")
                    UUID renderJobId) {}

    public ApprovalResource(
            Authentication authentication,
            StoryboardJobs jobs,
            RenderAcceptance acceptance,
            StoryboardConditions conditions) {
        this.authentication = authentication;
        this.jobs = jobs;
        this.acceptance = acceptance;
        this.conditions = conditions;
    }

    /** Of any type only so that a request without a body, and so without a type, comes here; it asks for the default. */
    @POST
    @Path("/{job_id}/approve")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
    @Operation(
            operationId = "approveStoryboardJob",
            summary = "Approve the storyboard and render it",
            description = "If the render is refused, the storyboard is not approved either.")
    @APIResponse(
            responseCode = "200",
            description = "Approved, and the render accepted: it is not lost whatever happens",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RenderingStarted.class)))
    @APIResponse(responseCode = "400", description = "A field is not known or has the wrong type")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "402", description = "Over budget: which limit, what is left of it, when it resets")
    @APIResponse(responseCode = "404", description = "No such job in the token's workspaces")
    @APIResponse(responseCode = "409", description = "Being rendered already, or not as it was planned")
    @APIResponse(responseCode = "412", description = "The job is not any more as If-Match says")
    @APIResponse(
            responseCode = "422",
            description = "A scene has no picture yet, or a provider is not set up or cannot make the shape")
    @APIResponse(responseCode = "503", description = "No render worker has told yet which providers it has")
    public Uni<RenderingStarted> approve(
            @RestPath("job_id") UUID job,
            @Parameter(description = "ETag of the job that is approved; without it, it is approved as it is")
                    @HeaderParam("If-Match")
                    String ifMatch,
            @HeaderParam("traceparent") String traceparent,
            @RequestBody(
                            required = false,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = RenderRequest.class)))
                    RenderRequest request,
            @Context HttpServerRequest http) {
        Caller caller = authentication.callerOf(http);
        ReservedId id = ReservedId.current();
        return jobs.state(caller.workspaces(), job)
                .chain(state -> id.madeOr(made -> acceptance.find(state.workspaceId(), made), () -> conditions
                        .require(ifMatch, state, http)
                        .chain(digest -> acceptance.approve(
                                id.value(),
                                state.workspaceId(),
                                job,
                                request,
                                digest,
                                TraceContext.valid(traceparent)))))
                .map(render -> new RenderingStarted("rendering_started", job, render));
    }
}
