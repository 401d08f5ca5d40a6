package io.storyreel.api;

import io.restassured.RestAssured;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;

/** Requests as they are, without the headers that a test library adds of its own accord. */
final class Wire {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Wire() {}

    static HttpResponse<String> post(Workspace workspace, String path, HttpRequest.BodyPublisher body)
            throws IOException, InterruptedException {
        return CLIENT.send(request(workspace, path).POST(body).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The body as it comes; closing it breaks the transfer off. */
    static InputStream open(Workspace workspace, String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + address))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + workspace.token(Duration.ofHours(1)))
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofInputStream()).body();
    }

    /**
     * Many may be under way at once.
     *
     * @param headers names and values by turns
     */
    static CompletableFuture<HttpResponse<String>> postJson(
            Workspace workspace, String path, String body, String... headers) {
        HttpRequest.Builder request = request(workspace, path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** @param type of the body, or null to name none */
    static HttpResponse<String> postOverHttp2(
            Workspace workspace, String path, String type, HttpRequest.BodyPublisher body)
            throws IOException, InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        // Without TLS a connection begins as HTTP/1.1; the first answer turns it into HTTP/2.
        client.send(request(workspace, path).GET().build(), HttpResponse.BodyHandlers.discarding());
        HttpRequest.Builder request = request(workspace, path).POST(body);
        if (type != null) {
            request.header("Content-Type", type);
        }
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        return answer;
    }

    private static HttpRequest.Builder request(Workspace workspace, String path) {
        URI address = URI.create(RestAssured.baseURI + ":" + RestAssured.port + workspace.path(path));
        return HttpRequest.newBuilder(address)
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + workspace.token(Duration.ofHours(1)));
    }
}
