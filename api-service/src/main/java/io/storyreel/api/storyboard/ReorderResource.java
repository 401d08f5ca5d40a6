package io.storyreel.api.storyboard;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.auth.Authentication;
import io.storyreel.api.auth.Caller;
import io.storyreel.api.idempotency.ReservedId;
import io.storyreel.common.storyboard.StoryboardRules;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

import java.util.List;
import java.util.UUID;

/** Puts scenes into another order. */
@Path("/api/v2/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Storyboards")
public class ReorderResource {
    private final Authentication authentication;
    private final StoryboardJobs jobs;
    private final StoryboardConditions conditions;
    private final Reordering reordering;

    public ReorderResource(
            Authentication authentication,
            StoryboardJobs jobs,
            StoryboardConditions conditions,
            Reordering reordering) {
        this.authentication = authentication;
        this.jobs = jobs;
        this.conditions = conditions;
        this.reordering = reordering;
    }

    /** Of any type because there is no body, and so no type. */
    @POST
    @Path("/{job_id}/reorder")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "reorderScenes",
            summary = "Put the scenes into another order",
            description =
                    "Renumbers them from 1. Each keeps its picture, transition, motion, history and what is said over it."
                            + " The storyboard has to be approved anew, unless the order is the one that it has.")
    @APIResponse(
            responseCode = "200",
            description = "The job in its new order",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = StoryboardJob.class)))
    @APIResponse(responseCode = "400", description = "A scene is missing, unknown or there twice; errors names it")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "404", description = "No such job in the token's workspaces")
    @APIResponse(responseCode = "409", description = "It is being rendered, in the present order")
    @APIResponse(responseCode = "412", description = "The job is not any more as If-Match says")
    public Uni<StoryboardJob> reorder(
            @RestPath("job_id") UUID job,
            @Parameter(
                            description =
                                    "Every scene_index once, in the order wanted: scene_order=3&scene_order=1&scene_order=2",
                            required = true,
                            schema =
                                    @Schema(
                                            type = SchemaType.ARRAY,
                                            implementation = Integer.class,
                                            minItems = 1,
                                            maxItems = StoryboardRules.MAX_SCENES),
                            example = "[3, 1, 2]")
                    @RestQuery(SceneOrder.PARAMETER)
                    List<String> sceneOrder,
            @Parameter(description = "ETag of the job that is meant; without it, its scenes as they are numbered now")
                    @HeaderParam("If-Match")
                    String ifMatch,
            @Context HttpServerRequest http) {
        Caller caller = authentication.callerOf(http);
        SceneOrder order = SceneOrder.parse(sceneOrder);
        ReservedId once = ReservedId.current();
        Uni<Void> reordered = once.isDone()
                ? Uni.createFrom().voidItem()
                : conditions
                        .require(ifMatch, caller, job, http)
                        .chain(digest -> reordering.reorder(caller.workspaces(), job, order, digest, once));
        return reordered.chain(() -> jobs.find(caller.workspaces(), job, http));
    }
}
