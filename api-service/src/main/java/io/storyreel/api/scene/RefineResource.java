package io.storyreel.api.scene;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.auth.Authentication;
import io.storyreel.api.auth.Caller;
import io.storyreel.api.idempotency.ReservedId;
import io.storyreel.api.render.TraceContext;
import io.storyreel.api.scene.Refinements.Refined;
import io.storyreel.api.storyboard.StoryboardJob;
import io.storyreel.api.storyboard.StoryboardJobs;
import io.storyreel.common.storyboard.StoryboardRules;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

import java.util.UUID;

/** Refines scenes. */
@Path("/api/v2/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Scenes")
public class RefineResource {
    private final Authentication authentication;
    private final Refinements refinements;
    private final SceneImageWait wait;
    private final StoryboardJobs storyboards;

    RefineResource(
            Authentication authentication, Refinements refinements, SceneImageWait wait, StoryboardJobs storyboards) {
        this.authentication = authentication;
        this.refinements = refinements;
        this.wait = wait;
        this.storyboards = storyboards;
    }

    @POST
    @Path("/{job_id}/refine")
    @Operation(
            operationId = "refineScene",
            summary = "Give a scene another picture, another description, or both",
            description =
                    "A new description is there at once and costs nothing. A new picture is made of the new prompt,"
                            + " and the answer waits for it; a description sent with it comes with it. Approval is taken back once"
                            + " the scene has changed. Requests at the same time lose nothing: of each part of a scene the latest"
                            + " wish counts, and every version is kept in its history. A picture that is not made does not count"
                            + " as a refinement.")
    @Parameter(
            name = "Prefer",
            in = ParameterIn.HEADER,
            description = "respond-async: do not wait for the picture",
            schema = @Schema(type = SchemaType.STRING, example = "respond-async"))
    @APIResponse(
            responseCode = "200",
            description = "The job, its scene as it was wished for",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = StoryboardJob.class)))
    @APIResponse(
            responseCode = "202",
            description = "Asked not to wait: the picture is being made. Location is the job that makes it",
            headers = @Header(name = "Location", schema = @Schema(type = SchemaType.STRING, format = "uri")),
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = SceneImageTicket.class)))
    @APIResponse(
            responseCode = "400",
            description =
                    "There is no such scene, neither text is there, or one is too short or too long; each is named")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "402", description = "Over budget: which limit, what is left of it, when it resets")
    @APIResponse(responseCode = "404", description = "No such job")
    @APIResponse(
            responseCode = "409",
            description =
                    "already_rendering: wait for the render, or cancel it. picture_not_made: the provider could not"
                            + " make the picture or refuses to, or its job was canceled; error_code and detail say why, and the"
                            + " scene is as it was")
    @APIResponse(
            responseCode = "422",
            description = "No provider of pictures is set up for the render workers; the setting is named")
    @APIResponse(
            responseCode = "429",
            description = "refined_too_often: a job can be refined 5 times, unless configured otherwise")
    @APIResponse(
            responseCode = "504",
            description = "The picture takes longer than a request may wait, 2 minutes unless configured otherwise. The"
                    + " work goes on, so do not repeat the request")
    public Uni<RestResponse<Object>> refine(
            @RestPath("job_id") UUID job,
            @Parameter(required = true, schema = @Schema(type = SchemaType.INTEGER, minimum = "1"), example = "2")
                    @RestQuery("scene_number")
                    String sceneNumber,
            @Parameter(
                            description = "What a new picture is to show. Blanks at both ends do not count",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            minLength = RefineWish.MIN_TEXT,
                                            maxLength = StoryboardRules.MAX_PROMPT),
                            example = "A lighthouse at dusk, warm light, wide shot")
                    @RestQuery("new_image_prompt")
                    String newImagePrompt,
            @Parameter(
                            description = "Blanks at both ends do not count",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            minLength = RefineWish.MIN_TEXT,
                                            maxLength = StoryboardRules.MAX_DESCRIPTION),
                            example = "The lighthouse is lit")
                    @RestQuery("new_description")
                    String newDescription,
            @HeaderParam("traceparent") String traceparent,
            @Context HttpServerRequest http) {
        RefineWish wish = RefineWish.of(sceneNumber, newImagePrompt, newDescription);
        Caller caller = authentication.callerOf(http);
        return refinements
                .refine(caller.workspaces(), job, wish, TraceContext.valid(traceparent), ReservedId.current())
                .chain(refined -> answer(caller, job, wish, refined, http));
    }

    private Uni<RestResponse<Object>> answer(
            Caller caller, UUID project, RefineWish wish, Refined refined, HttpServerRequest http) {
        UUID maker = refined.maker();
        if (maker == null) {
            return job(caller, project, http);
        }
        if (Preference.isNotToWait(http)) {
            SceneImageTicket ticket = SceneImageTicket.of(refined.workspace(), project, wish.scene(), maker, http);
            return Uni.createFrom().item(Preference.accepted(ticket.url(), ticket));
        }
        return wait.made(refined.workspace(), maker, () -> !http.response().closed())
                .chain(() -> job(caller, project, http));
    }

    private Uni<RestResponse<Object>> job(Caller caller, UUID project, HttpServerRequest http) {
        return storyboards.find(caller.workspaces(), project, http).map(RestResponse::ok);
    }
}
