package io.storyreel.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** Sends the calls of a walk over one connection, and holds every answer to what holds for all of them. */
final class WalkClient {
    /** Calls of all walks, without the looks at what they have changed. */
    static final AtomicInteger CALLS = new AtomicInteger();

    static final AtomicInteger REFUSED = new AtomicInteger();

    /** Looks at projects after calls. */
    static final AtomicInteger LOOKS = new AtomicInteger();

    private static final int REMEMBERED = 12;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Deque<String> last = new ArrayDeque<>();
    private final URI server;
    private final String token;

    WalkClient(URI server, String token) {
        this.server = server;
        this.token = token;
    }

    String token() {
        return token;
    }

    WalkAnswer get(String path) {
        return call("GET", path, null);
    }

    WalkAnswer post(String path, JsonNode body) {
        return call("POST", path, body);
    }

    /** @param body null for none */
    WalkAnswer call(String method, String path, JsonNode body, String... headers) {
        return call(request(method, path, body == null ? null : body.toString(), headers)
                .header("Authorization", "Bearer " + token));
    }

    /** As one of the random calls, with whatever the request has. */
    WalkAnswer call(HttpRequest.Builder request) {
        CALLS.incrementAndGet();
        WalkAnswer answer = send(request.build());
        if (!answer.succeeded()) {
            REFUSED.incrementAndGet();
        }
        return answer;
    }

    /** To see what has become of something; not counted. */
    WalkAnswer look(String path, String... headers) {
        LOOKS.incrementAndGet();
        return send(request("GET", path, null, headers)
                .header("Authorization", "Bearer " + token)
                .build());
    }

    HttpRequest.Builder request(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + path))
                .timeout(Duration.ofSeconds(60))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        return headers.length == 0 ? request : request.headers(headers);
    }

    /** The latest calls, for whoever has to find out what went wrong. */
    String story() {
        return "\nthe last calls:\n  " + String.join("\n  ", last) + "\n";
    }

    private WalkAnswer send(HttpRequest request) {
        HttpResponse<String> response;
        try {
            response = HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(request + story(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        WalkAnswer answer = new WalkAnswer(response.statusCode(), response.headers(), response.body(), json(response));
        remember(request, answer);
        requireOrdinary(answer);
        return answer;
    }

    private void remember(HttpRequest request, WalkAnswer answer) {
        String condition = request.headers()
                .firstValue("If-Match")
                .map(tag -> " If-Match " + tag)
                .orElse("");
        String path = request.uri().toString().substring(server.toString().length());
        last.addLast(request.method() + " " + path + condition + " -> " + answer);
        if (last.size() > REMEMBERED) {
            last.removeFirst();
        }
    }

    /** Nothing of ours breaks, and whoever is refused is told why, for people and for programs. */
    private void requireOrdinary(WalkAnswer answer) {
        assertThat(answer.status()).as(this::story).isLessThan(500);
        if (answer.succeeded()) {
            return;
        }
        assertThat(answer.header("Content-Type")).as(this::story).startsWith("application/problem+json");
        assertThat(answer.body().path("status").asInt()).as(this::story).isEqualTo(answer.status());
        assertThat(answer.code()).as(this::story).matches("[a-z_]+");
        assertThat(answer.body().path("detail").asText()).as(this::story).isNotBlank();
        assertThat(answer.body().path("title").asText()).as(this::story).isNotBlank();
    }

    private static JsonNode json(HttpResponse<String> response) {
        boolean isJson = response.headers()
                .firstValue("Content-Type")
                .map(type -> type.contains("json"))
                .orElse(false);
        try {
            return isJson && !response.body().isEmpty()
                    ? Films.JSON.readTree(response.body())
                    : MissingNode.getInstance();
        } catch (JsonProcessingException e) {
            throw new AssertionError(response + ": " + response.body(), e);
        }
    }
}
