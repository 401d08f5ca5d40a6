package io.storyreel.api.export;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.page.Listing;
import io.storyreel.api.page.Page;
import io.storyreel.api.render.TraceContext;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
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
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

import java.util.List;
import java.util.UUID;

/** A finished video in other sizes and formats. */
@Path("/api/v1/video/workspaces/{workspace}/render/jobs/{job}/exports")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Exports")
public class ExportResource {
    private final ExportedVideos videos;
    private final Exports exports;
    private final VideoExports rows;

    /** In the order of the request. */
    @Schema(name = "ExportsAccepted")
    public record Accepted(List<ExportAnswer> exports) {}

    ExportResource(ExportedVideos videos, Exports exports, VideoExports rows) {
        this.videos = videos;
        this.exports = exports;
        this.rows = rows;
    }

    @POST
    @ResponseStatus(202)
    @Operation(
            operationId = "exportVideo",
            summary = "Ask for files of other sizes and formats",
            description = "What is there already is used again; of equal requests one makes the file.")
    @APIResponse(
            responseCode = "202",
            description = "One export for each item, in the same order; those that were there are completed at once",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Accepted.class)))
    @APIResponse(responseCode = "400", description = "A format or quality is missing or not known; each is named")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "404", description = "No such render")
    @APIResponse(responseCode = "409", description = "The render has no video yet")
    @APIResponse(responseCode = "410", description = "The video was kept for a time and removed")
    public Uni<Accepted> export(
            @RestPath UUID workspace,
            @RestPath UUID job,
            @HeaderParam("traceparent") String traceparent,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = ExportRequest.class)))
                    ExportRequest request,
            @Context HttpServerRequest http) {
        if (request == null) {
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST,
                    "The body is missing: send {\"exports\": [{\"format\": \"mp4\", \"quality\": \"high\"}]}.");
        }
        List<ExportChoice> choices = request.choices();
        return videos.ofRender(workspace, job)
                .chain(video -> exports.order(video, choices, TraceContext.valid(traceparent)))
                .map(ordered -> new Accepted(ordered.stream()
                        .map(export -> ExportAnswer.of(export, job, http))
                        .toList()));
    }

    @GET
    @Operation(operationId = "listExports", summary = "Exports of the video, newest first")
    @APIResponse(responseCode = "200", description = "Those that were not removed")
    @APIResponse(responseCode = "400", description = "The limit or the cursor cannot be")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "404", description = "No such render")
    @APIResponse(responseCode = "409", description = "The render has no video yet")
    public Uni<Page<ExportAnswer>> list(
            @RestPath UUID workspace,
            @RestPath UUID job,
            @RestQuery String limit,
            @RestQuery String cursor,
            @Context UriInfo uri,
            @Context HttpServerRequest http) {
        Listing asked = Listing.of(uri);
        return videos.ofRender(workspace, job)
                .chain(video -> rows.page(video, asked))
                .map(page -> page.map(export -> ExportAnswer.of(export, job, http)));
    }

    @GET
    @Path("/{export}")
    @Operation(operationId = "getExport", summary = "An export")
    @APIResponse(
            responseCode = "200",
            description = "The export",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ExportAnswer.class)))
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "404", description = "No such export, or not any more")
    @APIResponse(responseCode = "409", description = "The render has no video yet")
    public Uni<ExportAnswer> get(
            @RestPath UUID workspace, @RestPath UUID job, @RestPath UUID export, @Context HttpServerRequest http) {
        return videos.ofRender(workspace, job)
                .chain(video -> rows.find(video, export))
                .map(found -> ExportAnswer.of(found, job, http));
    }
}
