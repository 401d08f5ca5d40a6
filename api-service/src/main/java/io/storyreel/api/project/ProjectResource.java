package io.storyreel.api.project;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.storyreel.api.page.Listing;
import io.storyreel.api.page.Page;
import io.storyreel.api.page.Parameters;
import io.storyreel.api.render.Cancellations;
import io.storyreel.api.webhook.ReceiverAddresses;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Projects of a workspace. */
@Path("/api/v1/video/workspaces/{workspace}/projects")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Projects")
public class ProjectResource {
    private final Projects projects;
    private final ProjectIntake intake;
    private final ProjectPages pages;
    private final LatestRenders renders;
    private final Cancellations cancellations;
    private final ReceiverAddresses receivers;
    private final FormerScenes formerScenes;

    public ProjectResource(
            Projects projects,
            ProjectIntake intake,
            ProjectPages pages,
            LatestRenders renders,
            Cancellations cancellations,
            ReceiverAddresses receivers,
            FormerScenes formerScenes) {
        this.formerScenes = formerScenes;
        this.projects = projects;
        this.intake = intake;
        this.pages = pages;
        this.renders = renders;
        this.cancellations = cancellations;
        this.receivers = receivers;
    }

    @POST
    @Operation(operationId = "createProject", summary = "Describe a video")
    @APIResponse(
            responseCode = "201",
            description = "The project",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ProjectAnswer.class)))
    @APIResponse(responseCode = "400", description = "Something in the description cannot be; every field is named")
    @APIResponse(responseCode = "422", description = "A file named was not uploaded to this workspace")
    public Uni<RestResponse<ProjectAnswer>> create(
            @RestPath UUID workspace, ProjectRequest request, @Context UriInfo uri) {
        return intake.create(workspace, request)
                .map(answer -> RestResponse.ResponseBuilder.<ProjectAnswer>created(uri.getAbsolutePathBuilder()
                                .path(answer.id().toString())
                                .build())
                        .entity(answer)
                        .tag(Integer.toString(answer.version()))
                        .build());
    }

    @GET
    @Operation(operationId = "listProjects", summary = "Projects, newest first")
    public Uni<Page<ProjectAnswer>> list(
            @RestPath UUID workspace,
            @RestQuery String approved,
            @RestQuery String status,
            @RestQuery("created_after") String createdAfter,
            @RestQuery String limit,
            @RestQuery String cursor,
            @Context UriInfo uri) {
        ProjectPages.Filter filter = new ProjectPages.Filter(
                Parameters.flag("approved", approved),
                Parameters.oneOf("status", status, ProjectStatus.class),
                Parameters.instant("created_after", createdAfter));
        return pages.page(workspace, filter, Listing.of(uri)).chain(page -> projects.all(workspace, page.items())
                .chain(found -> withRenders(new Page<>(found, page.nextCursor()))));
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getProject", summary = "A project")
    @APIResponse(
            responseCode = "200",
            description = "The project; its ETag is needed to change it",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ProjectAnswer.class)))
    public Uni<RestResponse<ProjectAnswer>> get(@RestPath UUID workspace, @RestPath UUID id) {
        return projects.find(workspace, id).chain(this::withRender).map(ProjectResource::tagged);
    }

    @PATCH
    @Path("/{id}")
    @Operation(operationId = "changeProject", summary = "Change the named fields")
    @APIResponse(
            responseCode = "200",
            description = "The project. A changed storyboard has to be approved anew",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ProjectAnswer.class)))
    @APIResponse(responseCode = "412", description = "The project was changed meanwhile")
    @APIResponse(responseCode = "428", description = "If-Match is missing")
    public Uni<RestResponse<ProjectAnswer>> change(
            @RestPath UUID workspace,
            @RestPath UUID id,
            @HeaderParam("If-Match") String ifMatch,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(ref = "ProjectPatch")))
                    JsonNode patch) {
        return receivers
                .checkUnlessUnknown(
                        "webhook_url",
                        patch == null ? null : patch.path("webhook_url").textValue())
                .chain(() -> formerScenes.note(workspace, id, patch))
                .chain(() -> projects.change(workspace, id, ifMatch, patch))
                .chain(this::withRender)
                .map(ProjectResource::tagged);
    }

    @DELETE
    @Path("/{id}")
    @ResponseStatus(204)
    @Operation(
            operationId = "deleteProject",
            summary = "Cancel the project's jobs, forget it, and remove its files",
            description = "What another project uses too stays, and so does the record of what was spent.")
    @APIResponse(responseCode = "204", description = "It and its files are not found from now on; the files go soon")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "404", description = "No such project")
    public Uni<Void> delete(@RestPath UUID workspace, @RestPath UUID id) {
        // Once more afterwards: a render may have been accepted in between, and from then on none can be.
        return projects.find(workspace, id)
                .chain(() -> cancellations.cancelAllOf(workspace, id))
                .chain(() -> projects.delete(workspace, id))
                .chain(() -> cancellations.cancelAllOf(workspace, id));
    }

    private Uni<ProjectAnswer> withRender(VideoProject project) {
        return renders.of(List.of(project.id)).map(latest -> ProjectAnswer.of(project, latest.get(project.id)));
    }

    private Uni<Page<ProjectAnswer>> withRenders(Page<VideoProject> page) {
        List<UUID> ids = page.items().stream().map(project -> project.id).toList();
        Uni<Map<UUID, LatestRenders.LatestRender>> latest =
                ids.isEmpty() ? Uni.createFrom().item(Map.of()) : renders.of(ids);
        return latest.map(found -> page.map(project -> ProjectAnswer.of(project, found.get(project.id))));
    }

    private static RestResponse<ProjectAnswer> tagged(ProjectAnswer answer) {
        return RestResponse.ResponseBuilder.ok(answer)
                .tag(Integer.toString(answer.version()))
                .build();
    }
}
