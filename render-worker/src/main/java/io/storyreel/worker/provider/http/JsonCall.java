package io.storyreel.worker.provider.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request to a provider.
 *
 * @param provider its name, for messages
 * @param body null for none
 * @param repeatable whether asking twice does no more than asking once
 * @param limit how long the connection may be silent; the call as a whole is bounded by its {@code @Timeout}
 */
public record JsonCall(
        String provider,
        HttpMethod method,
        String url,
        Map<String, String> headers,
        JsonObject body,
        boolean repeatable,
        Duration limit) {

    private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(60);

    public JsonCall {
        headers = Map.copyOf(headers);
    }

    /** A question: repeatable, without a body. */
    public static JsonCall get(String provider, String url) {
        return new JsonCall(provider, HttpMethod.GET, url, Map.of(), null, true, DEFAULT_LIMIT);
    }

    /** An order: not repeatable. */
    public static JsonCall post(String provider, String url, JsonObject body) {
        return new JsonCall(provider, HttpMethod.POST, url, Map.of(), body, false, DEFAULT_LIMIT);
    }

    /** An order that does no more when it is given twice, such as one to stop; without a body. */
    public static JsonCall put(String provider, String url) {
        return new JsonCall(provider, HttpMethod.PUT, url, Map.of(), null, true, DEFAULT_LIMIT);
    }

    public static JsonCall delete(String provider, String url) {
        return new JsonCall(provider, HttpMethod.DELETE, url, Map.of(), null, true, DEFAULT_LIMIT);
    }

    public JsonCall with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new JsonCall(provider, method, url, more, body, repeatable, limit);
    }

    /** The same with another limit to silence. */
    public JsonCall within(Duration silence) {
        return new JsonCall(provider, method, url, headers, body, repeatable, silence);
    }

    /** The same, for a provider that recognises a request it has had before. */
    public JsonCall asRepeatable() {
        return new JsonCall(provider, method, url, headers, body, true, limit);
    }
}
