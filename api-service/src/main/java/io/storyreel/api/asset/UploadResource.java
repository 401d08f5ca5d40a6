package io.storyreel.api.asset;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.asset.AssetResource.AssetAnswer;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;

import java.util.Map;
import java.util.UUID;

/**
 * Files that are too large for a form. They have an address of their own, because a description of an API knows one operation
 * for an address and a method.
 */
@Path("/api/v1/video/workspaces/{workspace}/uploads")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Assets")
public class UploadResource {
    private final DirectUploads uploads;

    UploadResource(DirectUploads uploads) {
        this.uploads = uploads;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @Operation(
            operationId = "beginUpload",
            summary = "Ask where to send a large picture or music file",
            description = "Then send the file there, with the `method` and `headers` of the answer and without a token,"
                    + " and POST to `complete_url`.")
    @APIResponse(
            responseCode = "201",
            description = "An address of the object store that takes this file, for a while",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = UploadAnswer.class)))
    @APIResponse(responseCode = "413", description = "Too large for its kind")
    public UploadAnswer begin(
            @RestPath UUID workspace,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = UploadRequest.class)))
                    UploadRequest request) {
        if (request == null) {
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST,
                    "The body is missing: send {\"size\": 73400320, \"sha256\": \"…\", \"media_type\": \"audio/mpeg\"}.");
        }
        DirectUploads.Begun begun = uploads.begin(workspace, request);
        return new UploadAnswer(
                begun.id(),
                new UploadAnswer.Target(
                        "PUT",
                        begun.url(),
                        Map.of("Content-Type", begun.ticket().type().mediaType()),
                        begun.ticket().expiresAt()),
                "/api/v1/video/workspaces/" + workspace + "/uploads/" + begun.id() + "/complete");
    }

    @POST
    @Path("/{upload_id}/complete")
    @ResponseStatus(201)
    @Operation(
            operationId = "completeUpload",
            summary = "Keep a file that was sent",
            description = "It is read once, so this takes some seconds for a large one. May be repeated.")
    @APIResponse(
            responseCode = "201",
            description = "Kept; the same file again gives the same answer",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = AssetAnswer.class)))
    @APIResponse(responseCode = "409", description = "No file was sent yet")
    @APIResponse(responseCode = "410", description = "The upload expired")
    @APIResponse(responseCode = "413", description = "Too large for what its content shows it to be")
    @APIResponse(responseCode = "422", description = "Not the file that was announced, or neither a picture nor music")
    public Uni<AssetAnswer> complete(@RestPath UUID workspace, @RestPath("upload_id") String uploadId) {
        return uploads.complete(workspace, uploadId).map(AssetAnswer::of);
    }
}
