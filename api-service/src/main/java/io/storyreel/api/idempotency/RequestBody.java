package io.storyreel.api.idempotency;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.spi.ServerHttpRequest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Reads a body before the framework does, and leaves it there for it. Its size was checked when it began to arrive. */
final class RequestBody implements ServerHttpRequest.ReadCallback {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final UniEmitter<? super byte[]> whole;

    private RequestBody(UniEmitter<? super byte[]> whole) {
        this.whole = whole;
    }

    /** Of the request that is being filtered right now. */
    static Uni<byte[]> read(ContainerRequestContext context) {
        ServerHttpRequest request = CurrentRequestManager.get().serverRequest();
        Uni<byte[]> body = request.isRequestEnded()
                ? Uni.createFrom().item(new byte[0])
                : Uni.createFrom().emitter(whole -> {
                    request.setReadListener(new RequestBody(whole));
                    request.resumeRequestInput();
                });
        return body.invoke(bytes -> context.setEntityStream(new ByteArrayInputStream(bytes)));
    }

    static String digest(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public void data(ByteBuffer part) {
        byte[] chunk = new byte[part.remaining()];
        part.get(chunk);
        bytes.writeBytes(chunk);
    }

    @Override
    public void done() {
        whole.complete(bytes.toByteArray());
    }
}
