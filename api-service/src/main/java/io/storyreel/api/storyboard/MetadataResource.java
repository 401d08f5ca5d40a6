package io.storyreel.api.storyboard;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.auth.Authentication;
import io.storyreel.api.auth.Open;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirementsSet;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

import java.util.UUID;

/** How a job is getting on, for pages that are to show it to anybody. */
@Open
@Path("/api/v2/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Storyboards")
public class MetadataResource {
    private final Authentication authentication;
    private final StoryboardJobs jobs;
    private final StoryboardSettings settings;

    public MetadataResource(Authentication authentication, StoryboardJobs jobs, StoryboardSettings settings) {
        this.authentication = authentication;
        this.jobs = jobs;
        this.settings = settings;
    }

    @GET
    @Path("/{job_id}/metadata")
    @Operation(
            operationId = "getStoryboardMetadata",
            summary = "How a job is getting on; needs no token",
            description = "Tells neither title nor words nor pictures. The server may be set to ask for a token.")
    @SecurityRequirementsSet
    @APIResponse(
            responseCode = "200",
            description = "How it is getting on",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = StoryboardMetadata.class)))
    @APIResponse(responseCode = "401", description = "This server does not tell it without a valid token")
    @APIResponse(
            responseCode = "404",
            description = "No such job, or not in the workspaces of the token if one is needed")
    public Uni<StoryboardMetadata> metadata(@RestPath("job_id") UUID job, @Context HttpServerRequest http) {
        return jobs.metadata(
                settings.publicMetadata() ? null : authentication.callerOf(http).workspaces(), job, http);
    }
}
