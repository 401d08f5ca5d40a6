package io.storyreel.api.scene;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.auth.Authentication;
import io.storyreel.api.render.TraceContext;
import io.storyreel.api.scene.MissingPictures.Commissioned;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

import java.util.List;
import java.util.UUID;

/** Makes the pictures that scenes still lack. */
@Path("/api/v2/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Scenes")
public class SceneImagesResource {
    private final Authentication authentication;
    private final MissingPictures pictures;

    /** One for each scene without a picture, in their order; those that were under way before included. */
    @Schema(name = "SceneImagesAccepted")
    public record Accepted(
            @Schema(description = "The job whose scenes they are") UUID jobId, List<SceneImageTicket> images) {}

    SceneImagesResource(Authentication authentication, MissingPictures pictures) {
        this.authentication = authentication;
        this.pictures = pictures;
    }

    @POST
    @Path("/{job_id}/images")
    @Operation(
            operationId = "makeSceneImages",
            summary = "Make the pictures of all scenes that have an image_prompt and no picture",
            description =
                    "Each costs what the provider takes, and does not count as a refinement. A scene whose picture is"
                            + " being made gets no second one. Approval is taken back once a scene has its picture.")
    @APIResponse(
            responseCode = "200",
            description = "Every scene has a picture: nothing to do, images is empty",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Accepted.class)))
    @APIResponse(
            responseCode = "202",
            description = "The pictures are being made. Location is the job whose scenes they are",
            headers = @Header(name = "Location", schema = @Schema(type = SchemaType.STRING, format = "uri")),
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Accepted.class)))
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(
            responseCode = "402",
            description = "Over budget: which limit, what is left of it, when it resets. None is made")
    @APIResponse(responseCode = "404", description = "No such job")
    @APIResponse(
            responseCode = "422",
            description = "No provider of pictures is set up for the render workers; the setting is named")
    public Uni<RestResponse<Accepted>> make(
            @RestPath("job_id") UUID job,
            @HeaderParam("traceparent") String traceparent,
            @Context HttpServerRequest http) {
        return pictures.commission(authentication.callerOf(http).workspaces(), job, TraceContext.valid(traceparent))
                .map(all -> answer(job, all, http));
    }

    private static RestResponse<Accepted> answer(UUID job, Commissioned all, HttpServerRequest http) {
        List<SceneImageTicket> tickets = all.makers().entrySet().stream()
                .map(maker -> SceneImageTicket.of(all.workspace(), job, maker.getKey(), maker.getValue(), http))
                .toList();
        Accepted body = new Accepted(job, tickets);
        if (tickets.isEmpty()) {
            return RestResponse.ok(body);
        }
        String path = http.path();
        return RestResponse.ResponseBuilder.<Accepted>create(202)
                .header("Location", http.scheme() + "://" + http.authority() + path.substring(0, path.lastIndexOf('/')))
                .entity(body)
                .build();
    }
}
