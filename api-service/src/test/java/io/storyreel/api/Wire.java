package io.storyreel.api;

import io.restassured.RestAssured;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Requests as they are, without the headers that a test library adds of its own accord. */
final class Wire {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Wire() {}

    static HttpResponse<String> post(Workspace workspace, String path, HttpRequest.BodyPublisher body)
            throws IOException, InterruptedException {
        URI address = URI.create(RestAssured.baseURI + ":" + RestAssured.port + workspace.path(path));
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + workspace.token(Duration.ofHours(1)))
                .POST(body)
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
