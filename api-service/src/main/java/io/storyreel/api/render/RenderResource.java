package io.storyreel.api.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.plan.PlanDigest;
import io.storyreel.api.provider.ProviderChains;
import io.storyreel.common.job.JobPriority;
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
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

import java.util.List;
import java.util.UUID;

/** Starts renders. */
@Path("/api/v1/video/workspaces/{workspace}/render")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Renders")
public class RenderResource {
    private final RenderAcceptance acceptance;

    /**
     * @param provider who renders; null for the default
     * @param fallback whom scenes go to when the provider is broken; null for the default, empty for nobody
     * @param planDigest the plan that it must still be
     * @param priority among the jobs that wait for a worker; null for normal
     */
    public record RenderRequest(
            @Schema(description = "Who renders; null for the default", maxLength = ProviderChains.LONGEST_NAME)
                    String provider,
            @Schema(
                            description = "Whom scenes go to when the provider is broken; null for the default",
                            maxItems = ProviderChains.MOST_FALLBACKS,
                            uniqueItems = true)
                    List<String> fallback,
            @Schema(description = "The digest of the plan that it must still be", pattern = PlanDigest.FORM)
                    String planDigest,
            @Schema(
                            description = "Which of the jobs that wait for a worker is begun first; null for normal",
                            defaultValue = "normal")
                    JobPriority priority) {}

    /** @param taskId names the progress channel; the same as {@code jobId} */
    @Schema(name = "RenderAccepted")
    public record Accepted(UUID jobId, UUID taskId, String status) {}

    public RenderResource(RenderAcceptance acceptance) {
        this.acceptance = acceptance;
    }

    /** Of any type only so that a request without a body, and so without a type, comes here; it asks for the default. */
    @POST
    @Path("/{project}")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
    @Operation(operationId = "render", summary = "Render an approved project")
    @APIResponse(
            responseCode = "202",
            description = "Accepted, and not lost whatever happens; Location is the job",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Accepted.class)))
    @APIResponse(responseCode = "402", description = "Over budget: which limit, what is left of it, when it resets")
    @APIResponse(responseCode = "404", description = "No such project")
    @APIResponse(responseCode = "409", description = "Not approved, being rendered already, or not as it was planned")
    @APIResponse(
            responseCode = "422",
            description = "A scene has no picture yet, or a provider is not set up or cannot make the shape")
    @APIResponse(responseCode = "503", description = "No render worker has told yet which providers it has")
    public Uni<RestResponse<Accepted>> render(
            @RestPath UUID workspace,
            @RestPath UUID project,
            @HeaderParam("traceparent") String traceparent,
            @RequestBody(
                            required = false,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = RenderRequest.class)))
                    RenderRequest request,
            @Context HttpServerRequest http) {
        return acceptance
                .accept(workspace, project, RenderWish.of(request), TraceContext.valid(traceparent))
                .map(job -> answer(JobAddress.of(http, workspace, job), job));
    }

    private static RestResponse<Accepted> answer(String location, UUID job) {
        return RestResponse.ResponseBuilder.<Accepted>create(202)
                .header("Location", location)
                .entity(new Accepted(job, job, "processing"))
                .build();
    }
}
