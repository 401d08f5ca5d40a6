package io.storyreel.api.asset;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

/** Where to send a file, and where to say that it is there. */
@Schema(name = "Upload")
public record UploadAnswer(String uploadId, Target upload, String completeUrl) {

    /**
     * @param url of the object store: a token must not be sent there
     * @param headers to be sent with the file, beside its length
     * @param expiresAt by then the file must be there, and be completed
     */
    @Schema(name = "UploadTarget")
    public record Target(String method, URI url, Map<String, String> headers, Instant expiresAt) {}
}
