package io.storyreel.local.simulator.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;

import java.io.IOException;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A call as it came over the wire.
 *
 * @param path after the vendor's prefix, still percent-encoded, beginning with a slash
 * @param rawQuery empty when there is none
 * @param origin what the caller put before the path, {@code http://host:port}: addresses in answers begin with it
 */
public record Request(String method, String path, String rawQuery, Headers headers, byte[] body, String origin) {

    /** Reads decimal numbers without loss, and refuses a second value behind the first. */
    public static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.getFirst(name));
    }

    /** Method and path, as routes are written. */
    public String call() {
        return method + " " + path;
    }

    public Optional<String> query(String name) {
        return Optional.ofNullable(query().get(name));
    }

    public Map<String, String> query() {
        var parameters = new LinkedHashMap<String, String>();
        for (var pair : rawQuery.split("&")) {
            var equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                parameters.put(
                        URLDecoder.decode(equals < 0 ? pair : pair.substring(0, equals), UTF_8),
                        equals < 0 ? "" : URLDecoder.decode(pair.substring(equals + 1), UTF_8));
            }
        }
        return parameters;
    }

    /** The body, when it is a JSON object. */
    public Optional<ObjectNode> object() {
        try {
            JsonNode root = JSON.readTree(body);
            return root instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("an array of bytes can be read", e);
        }
    }

    public String text() {
        return new String(body, UTF_8);
    }

    public boolean isJson() {
        return header("Content-Type").map(type -> type.toLowerCase(java.util.Locale.ROOT)).stream()
                .anyMatch(type -> type.startsWith("application/json"));
    }

    /** The token of {@code Authorization: scheme token}; empty for another scheme or anything around the token. */
    public Optional<String> credentials(String scheme) {
        return header("Authorization")
                .filter(sent -> sent.startsWith(scheme + " "))
                .map(sent -> sent.substring(scheme.length() + 1));
    }
}
