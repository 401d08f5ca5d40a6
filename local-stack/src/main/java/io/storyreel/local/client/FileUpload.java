package io.storyreel.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;

/** Brings a file to the server: a small one as a form, a large one by way of the object store. */
public final class FileUpload {

    /** What the server takes as a form unless it was set otherwise, with room for the form around it. */
    private static final long LARGEST_FORM = 32L << 20;

    private static final Duration SENDING = Duration.ofMinutes(50);
    private static final Duration CHECKING = Duration.ofMinutes(6);

    private FileUpload() {}

    /**
     * @param workspace its path
     * @return the server's description of the file
     */
    public static JsonNode send(ApiClient api, String workspace, Path file)
            throws IOException, InterruptedException, ApiException {
        var size = Files.size(file);
        return size > LARGEST_FORM
                ? sendLarge(api, workspace, file, size)
                : api.upload(workspace + "/assets", FilePart.of(file));
    }

    private static JsonNode sendLarge(ApiClient api, String workspace, Path file, long size)
            throws IOException, InterruptedException, ApiException {
        var announced = JsonNodeFactory.instance
                .objectNode()
                .put("size", size)
                .put("sha256", digest(file))
                .put("media_type", FilePart.typeOf(file));
        var begun = api.post(workspace + "/uploads", announced);
        var headers = new HashMap<String, String>();
        begun.path("upload")
                .path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        api.sendTo(URI.create(begun.path("upload").path("url").asText()), headers, file, SENDING);
        return api.postPatiently(begun.path("complete_url").asText(), CHECKING);
    }

    private static String digest(Path file) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            try (InputStream stream = new DigestInputStream(Files.newInputStream(file), digest)) {
                stream.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
