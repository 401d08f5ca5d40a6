package io.storyreel.local.simulator.wire;

import com.fasterxml.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What goes back over the wire.
 *
 * @param status {@link #NONE} when the connection is closed without a word
 */
public record Answer(int status, Map<String, String> headers, Body body) {

    /** No answer at all. */
    public static final int NONE = 0;

    public Answer {
        headers = Map.copyOf(headers);
    }

    public static Answer json(int status, JsonNode json) {
        return bytes(status, "application/json", json.toString().getBytes(UTF_8));
    }

    public static Answer bytes(int status, String contentType, byte[] bytes) {
        return new Answer(status, Map.of(), new Body.Bytes(contentType, bytes));
    }

    public static Answer html(int status, String page) {
        return bytes(status, "text/html; charset=utf-8", page.getBytes(UTF_8));
    }

    public static Answer empty(int status) {
        return new Answer(status, Map.of(), new Body.Nothing());
    }

    /** A stored file, whole or the range that was asked for. */
    public static Answer file(Path file, String contentType) {
        return new Answer(200, Map.of(), new Body.Stored(file, contentType, Delivery.WHOLE));
    }

    /** The connection is closed instead. */
    public static Answer broken() {
        return empty(NONE);
    }

    public Answer with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, body);
    }

    /** Only a stored file can be delivered in another way. */
    public Answer delivered(Delivery delivery) {
        return body instanceof Body.Stored stored
                ? new Answer(status, headers, new Body.Stored(stored.file(), stored.contentType(), delivery))
                : this;
    }

    public CompletionStage<Answer> now() {
        return CompletableFuture.completedFuture(this);
    }
}
