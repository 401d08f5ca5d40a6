package io.storyreel.local.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Speaks to one Storyreel server with one token. Answers are bounded in size and time. */
public final class ApiClient {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);
    private static final int LARGEST_ANSWER = 16 << 20;
    private static final int MOST_HOPS = 3;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_WITHIN)
            .build();
    private final URI server;
    private final String token;

    public ApiClient(URI server, String token) {
        this.server = server;
        this.token = token;
    }

    public URI server() {
        return server;
    }

    public JsonNode get(String path) throws IOException, InterruptedException, ApiException {
        return send(request(path).GET().build());
    }

    public JsonNode post(String path, JsonNode body) throws IOException, InterruptedException, ApiException {
        return send(posting(path, body).build());
    }

    /** For calls that must have their effect once, however often they are sent. */
    public JsonNode postOnce(String path, JsonNode body, String idempotencyKey)
            throws IOException, InterruptedException, ApiException {
        return send(
                posting(path, body).header("Idempotency-Key", idempotencyKey).build());
    }

    /** Streams a file of any size as the form field {@code file}. */
    public JsonNode upload(String path, FilePart file) throws IOException, InterruptedException, ApiException {
        return send(request(path)
                .timeout(Duration.ofMinutes(10))
                .header("Content-Type", file.contentType())
                .POST(file.body())
                .build());
    }

    /** For calls that have no body and whose answer takes its time. */
    JsonNode postPatiently(String path, Duration patience) throws IOException, InterruptedException, ApiException {
        return send(request(path)
                .timeout(patience)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    }

    /** Sends a file of any size where an answer of the server says, which is not the server: without its token. */
    void sendTo(URI address, Map<String, String> headers, Path file, Duration patience)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address).timeout(patience).PUT(HttpRequest.BodyPublishers.ofFile(file));
        headers.forEach(request::header);
        var status = http.send(request.build(), BodyHandlers.discarding()).statusCode();
        if (status / 100 != 2) {
            throw new IOException(
                    "the object store at " + address.getAuthority() + " does not take the file: HTTP " + status);
        }
    }

    private HttpRequest.Builder posting(String path, JsonNode body) {
        return request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString(), UTF_8));
    }

    private HttpRequest.Builder request(String path) {
        return authorized(server.resolve(path)).timeout(ANSWER_WITHIN).header("Accept", "application/json");
    }

    /** The token goes to its own server only, never to an object store or whoever else a link points at. */
    private HttpRequest.Builder authorized(URI address) {
        var request = HttpRequest.newBuilder(address);
        var own = address.getScheme().equalsIgnoreCase(server.getScheme())
                && address.getAuthority().equalsIgnoreCase(server.getAuthority());
        return own ? request.header("Authorization", "Bearer " + token) : request;
    }

    private JsonNode send(HttpRequest request) throws IOException, InterruptedException, ApiException {
        var response = http.send(request, BodyHandlers.ofInputStream());
        byte[] body;
        try (var stream = new WatchedBody(response.body(), WatchedBody.PATIENCE)) {
            body = stream.readNBytes(LARGEST_ANSWER);
        }
        if (response.statusCode() / 100 != 2) {
            throw new ApiException(Problem.of(response.statusCode(), body));
        }
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IOException(
                    "the answer to " + request.method() + " " + request.uri().getPath() + " is no JSON", e);
        }
    }

    /** Opens an event stream; its lines go to {@code lines} until it ends. */
    CompletableFuture<HttpResponse<Void>> openEvents(String path, String lastEventId, LineQueue lines) {
        var request = authorized(server.resolve(path)).header("Accept", "text/event-stream");
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        var opening = http.sendAsync(request.GET().build(), lines.bodyHandler());
        opening.exceptionally(failure -> {
            lines.end();
            return null;
        });
        return opening;
    }

    /**
     * Follows a link of an answer, which may be relative or point at another server, and where that leads on: a server
     * may have its files fetched from its object store. The caller closes the body.
     */
    HttpResponse<InputStream> open(URI link) throws IOException, InterruptedException {
        URI address = server.resolve(link);
        for (int hops = 0; ; hops++) {
            var request = authorized(address).timeout(ANSWER_WITHIN).GET().build();
            var answer = http.send(request, BodyHandlers.ofInputStream());
            var onward = answer.headers().firstValue("Location");
            if (answer.statusCode() / 100 != 3 || onward.isEmpty() || hops == MOST_HOPS) {
                return answer;
            }
            answer.body().close();
            address = address.resolve(onward.get());
        }
    }
}
