package io.storyreel.api.render;

import io.storyreel.api.file.FileDownload;
import io.storyreel.api.page.Parameters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.mutiny.core.buffer.Buffer;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

import java.util.UUID;

/** What a finished render made. */
@Path("/api/v1/video/workspaces/{workspace}/render/jobs/{job}")
@Produces(MediaType.WILDCARD)
@Tag(name = "Files")
public class JobFileResource {
    private final RenderFiles files;
    private final FileDownload downloads;

    public JobFileResource(RenderFiles files, FileDownload downloads) {
        this.files = files;
        this.downloads = downloads;
    }

    @GET
    @Path("/video")
    @Operation(operationId = "getVideo", summary = "The video; any part of it on request")
    @APIResponse(responseCode = "200", description = "The file")
    @APIResponse(responseCode = "206", description = "The part asked for")
    @APIResponse(responseCode = "304", description = "Not changed")
    @APIResponse(responseCode = "404", description = "None yet")
    @APIResponse(responseCode = "416", description = "No such part")
    public RestMulti<Buffer> video(@RestPath UUID workspace, @RestPath UUID job, @Context HttpServerRequest request) {
        return downloads.send(files.video(workspace, job), request);
    }

    @GET
    @Path("/poster")
    @Operation(operationId = "getPoster", summary = "A picture of the video")
    @APIResponse(responseCode = "200", description = "The file")
    @APIResponse(responseCode = "404", description = "None yet")
    public RestMulti<Buffer> poster(@RestPath UUID workspace, @RestPath UUID job, @Context HttpServerRequest request) {
        return downloads.send(files.poster(workspace, job), request);
    }

    @GET
    @Path("/captions")
    @Operation(operationId = "getCaptions", summary = "What is said, with times; SRT unless VTT is asked for")
    @APIResponse(responseCode = "200", description = "The file")
    @APIResponse(responseCode = "404", description = "None yet, or nothing is said")
    public RestMulti<Buffer> captions(
            @RestPath UUID workspace,
            @RestPath UUID job,
            @RestQuery String format,
            @Context HttpServerRequest request) {
        CaptionFormat wanted = Parameters.oneOf("format", format == null ? "srt" : format, CaptionFormat.class);
        return downloads.send(files.captions(workspace, job, wanted), request);
    }
}
