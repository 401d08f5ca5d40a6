package io.storyreel.api.storyboard;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.auth.Authentication;
import io.storyreel.api.auth.Caller;
import io.storyreel.api.page.Conditions;
import io.storyreel.api.project.ProjectAnswer;
import io.storyreel.api.project.ProjectIntake;
import io.storyreel.api.project.ProjectRequest;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
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

/** Storyboards on their way to a video: projects, each seen together with its latest render. */
@Path("/api/v2/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Storyboards")
public class StoryboardJobResource {
    private final Authentication authentication;
    private final ProjectIntake intake;
    private final StoryboardJobs jobs;
    private final BodyTag tags;

    public StoryboardJobResource(
            Authentication authentication, ProjectIntake intake, StoryboardJobs jobs, BodyTag tags) {
        this.authentication = authentication;
        this.intake = intake;
        this.jobs = jobs;
        this.tags = tags;
    }

    @POST
    @Operation(
            operationId = "createStoryboardJob",
            summary = "Describe a video",
            description = "As createProject, in the workspace that the token opens.")
    @APIResponse(
            responseCode = "201",
            description = "The project; its id is the job's. Location is the job",
            headers = @Header(name = "Location", schema = @Schema(type = SchemaType.STRING, format = "uri")),
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = CreatedJob.class)))
    @APIResponse(
            responseCode = "400",
            description =
                    "Something in the description cannot be, every field is named; or the token opens several workspaces"
                            + " and workspace_id is missing")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "The token opens no workspace")
    @APIResponse(responseCode = "404", description = "The token does not open that workspace")
    @APIResponse(responseCode = "413", description = "The body is too large")
    @APIResponse(responseCode = "415", description = "The body is not JSON")
    @APIResponse(responseCode = "422", description = "A file named was not uploaded to this workspace")
    public Uni<RestResponse<CreatedJob>> create(
            @Parameter(
                            description = "Needed if the token opens several",
                            schema = @Schema(type = SchemaType.STRING, format = "uuid"),
                            example = "0197b0c4-8a30-7c2e-9d1f-2f6d3f1f4a55")
                    @RestQuery("workspace_id")
                    String workspaceId,
            ProjectRequest request,
            @Context UriInfo uri,
            @Context HttpServerRequest http) {
        UUID workspace = TokenWorkspace.of(authentication.callerOf(http), workspaceId);
        return intake.create(workspace, request).map(project -> created(project, uri));
    }

    @GET
    @Path("/{job_id}")
    @Operation(operationId = "getStoryboardJob", summary = "A storyboard, how far it is, what it costs")
    @APIResponse(
            responseCode = "200",
            description = "The job; its ETag changes with anything in it",
            headers = @Header(name = "ETag", schema = @Schema(type = SchemaType.STRING)),
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = StoryboardJob.class)))
    @APIResponse(responseCode = "304", description = "Not changed since the entity tag in If-None-Match")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "404", description = "No such job in the token's workspaces")
    public Uni<RestResponse<StoryboardJob>> get(
            @RestPath("job_id") UUID job,
            @HeaderParam("If-None-Match") String ifNoneMatch,
            @Context HttpServerRequest http) {
        Caller caller = authentication.callerOf(http);
        return jobs.find(caller.workspaces(), job, http).map(found -> answer(found, ifNoneMatch));
    }

    private RestResponse<StoryboardJob> answer(StoryboardJob job, String ifNoneMatch) {
        String tag = tags.of(job);
        RestResponse.ResponseBuilder<StoryboardJob> answer = Conditions.names(ifNoneMatch, '"' + tag + '"')
                ? RestResponse.ResponseBuilder.create(RestResponse.Status.NOT_MODIFIED)
                : RestResponse.ResponseBuilder.ok(job);
        return answer.tag(tag).header("Cache-Control", "private, no-cache").build();
    }

    private static RestResponse<CreatedJob> created(ProjectAnswer project, UriInfo uri) {
        return RestResponse.ResponseBuilder.<CreatedJob>created(uri.getAbsolutePathBuilder()
                        .path(project.id().toString())
                        .build())
                .entity(new CreatedJob(project.id(), project))
                .build();
    }
}
