package io.storyreel.api.asset;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.storyreel.api.idempotency.Idempotency;
import io.storyreel.api.problem.RequestLimits;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.problem.Violation;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.multipart.FileUpload;

import java.util.List;
import java.util.UUID;

/** Pictures and music of a workspace. */
@Path("/api/v1/video/workspaces/{workspace}/assets")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Assets")
public class AssetResource {
    private final Assets assets;
    private final FileLimits limits;
    private final Idempotency idempotency;

    /** @param assetUrl usable wherever a storyboard wants the address of a picture or of music */
    @Schema(name = "Asset")
    public record AssetAnswer(String assetUrl, String mediaType, long sizeBytes) {
        static AssetAnswer of(Assets.Asset asset) {
            return new AssetAnswer(asset.reference().url(), asset.mediaType(), asset.size());
        }
    }

    public AssetResource(Assets assets, RequestLimits limits, Idempotency idempotency) {
        this.assets = assets;
        this.limits = new FileLimits(
                limits.image().asLongValue(),
                limits.music().asLongValue(),
                "make it smaller, or send it by way of POST …/uploads");
        this.idempotency = idempotency;
    }

    /** On a worker thread, because the file is read from its disk to be digested. */
    @POST
    @Blocking
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @ResponseStatus(201)
    @Operation(
            operationId = "uploadAsset",
            summary = "Upload a picture or music in the form field `file`",
            description = "Larger music is sent by way of `beginUpload`.")
    @APIResponse(
            responseCode = "201",
            description = "Kept; the same file again gives the same answer",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = AssetAnswer.class)))
    @APIResponse(responseCode = "413", description = "Too large for its kind")
    @APIResponse(responseCode = "422", description = "Empty, or neither a picture nor music")
    public Uni<AssetAnswer> upload(@RestPath UUID workspace, @RestForm("file") FileUpload file) {
        if (file == null) {
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST,
                    "The form has no file: send it in the field `file`.",
                    List.of(new Violation("file", "is missing")));
        }
        ReceivedFile received = ReceivedFile.inspect(file.uploadedFile(), limits);
        return idempotency
                .beginUpload(received.file().reference().sha256())
                .chain(() -> assets.keep(workspace, received))
                .map(AssetAnswer::of);
    }
}
