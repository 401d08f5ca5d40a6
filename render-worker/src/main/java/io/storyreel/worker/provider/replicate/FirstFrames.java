package io.storyreel.worker.provider.replicate;

import io.smallrye.mutiny.Uni;
import io.storyreel.worker.provider.ProviderOutageException;
import io.storyreel.worker.provider.http.AnswerFields;
import io.vertx.core.buffer.Buffer;

import java.time.Duration;
import java.util.Base64;

/**
 * Brings a clip's first frame to where Replicate reads it. Replicate takes small pictures inside an order and wants others
 * uploaded. We draw the line lower than its 256 KB: its list of predictions repeats the orders, a hundred on a page, and
 * has to stay readable for {@link AttemptSearch} (1 MiB). What is uploaded is gone after a day.
 */
record FirstFrames(ReplicateGateway gateway, ReplicateSettings settings) {
    static final int MOST_INSIDE = 8_000;
    private static final String BOUNDARY = "storyreel-first-frame-6f1d2c";

    /** @param picture a data address of base64 */
    Uni<String> address(String picture) {
        if (picture.length() <= MOST_INSIDE) {
            return Uni.createFrom().item(picture);
        }
        return gateway.upload(
                        ReplicateAddresses.base(settings).at("/files"),
                        "multipart/form-data; boundary=" + BOUNDARY,
                        form(picture))
                .map(file -> {
                    String url = new AnswerFields(file).object("urls").url("get");
                    if (url == null) {
                        throw new ProviderOutageException(
                                ReplicateGateway.VENDOR + " took a picture and names no address of it",
                                (Duration) null);
                    }
                    return url;
                });
    }

    private static Buffer form(String picture) {
        byte[] bytes = Base64.getDecoder().decode(picture.substring(picture.indexOf(',') + 1));
        return Buffer.buffer(bytes.length + 256)
                .appendString("--" + BOUNDARY
                        + "\r\nContent-Disposition: form-data; name=\"content\"; filename=\"frame.jpg\"\r\n"
                        + "Content-Type: image/jpeg\r\n\r\n")
                .appendBytes(bytes)
                .appendString("\r\n--" + BOUNDARY + "--\r\n");
    }
}
