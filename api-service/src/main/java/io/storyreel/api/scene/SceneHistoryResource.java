package io.storyreel.api.scene;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.auth.Authentication;
import io.storyreel.api.auth.Caller;
import io.storyreel.api.page.Listing;
import io.storyreel.api.page.Page;
import io.storyreel.api.storyboard.StoryboardJob;
import io.storyreel.api.storyboard.StoryboardJobs;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

import java.util.UUID;

/** What a scene has shown. */
@Path("/api/v2/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Scenes")
public class SceneHistoryResource {
    private static final String HISTORY = "/{job_id}/scenes/{scene_number: [1-9][0-9]{0,8}}/history";

    private final Authentication authentication;
    private final SceneHistory history;
    private final StoryboardJobs storyboards;

    SceneHistoryResource(Authentication authentication, SceneHistory history, StoryboardJobs storyboards) {
        this.authentication = authentication;
        this.history = history;
        this.storyboards = storyboards;
    }

    @GET
    @Path(HISTORY)
    @Operation(
            operationId = "listSceneVersions",
            summary = "Every picture and description of a scene, the newest wish first",
            description =
                    "What is being made is among them, and what could not be made. The history follows its scene when"
                            + " scenes are reordered.")
    @APIResponse(responseCode = "200", description = "A page of them")
    @APIResponse(responseCode = "400", description = "The limit or the cursor cannot be")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "404", description = "No such job, or no such scene in it")
    public Uni<Page<SceneVersionAnswer>> list(
            @RestPath("job_id") UUID job,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1"), example = "2")
                    @RestPath("scene_number")
                    int scene,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "100", defaultValue = "20"))
                    @RestQuery
                    String limit,
            @Parameter(description = "next_cursor of the page before", schema = @Schema(type = SchemaType.STRING))
                    @RestQuery
                    String cursor,
            @Context UriInfo uri,
            @Context HttpServerRequest http) {
        return history.page(authentication.callerOf(http).workspaces(), job, scene, Listing.of(uri));
    }

    @POST
    @Path(HISTORY + "/{version_id}/take")
    @Operation(
            operationId = "takeSceneVersion",
            summary = "Take a former version of a scene back",
            description =
                    "It costs nothing and does not count as a refinement. Approval is taken back if the scene shows"
                            + " something else afterwards. Pictures of the scene that were under way go to its history only.")
    @APIResponse(
            responseCode = "200",
            description = "The job, its scene as it was in that version",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = StoryboardJob.class)))
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "404", description = "No such job, scene or version")
    @APIResponse(
            responseCode = "409",
            description = "The picture of that version is being made, or was not made; or the job is being rendered")
    public Uni<StoryboardJob> take(
            @RestPath("job_id") UUID job,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1"), example = "2")
                    @RestPath("scene_number")
                    int scene,
            @RestPath("version_id") UUID version,
            @Context HttpServerRequest http) {
        Caller caller = authentication.callerOf(http);
        return history.takeBack(caller.workspaces(), job, scene, version)
                .chain(() -> storyboards.find(caller.workspaces(), job, http));
    }
}
