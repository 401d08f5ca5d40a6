package io.storyreel.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Sends what has to be refused, as it is, and notes what was not, so that one run tells everything. */
final class BadCalls {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofSeconds(20);

    private final List<String> flaws = new ArrayList<>();

    /** @param token null for none */
    static HttpRequest.Builder request(DescribedOperation operation, String address, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(RestAssured.baseURI + ":" + RestAssured.port + address))
                .timeout(SOON)
                .header("Prefer", "respond-async")
                .method(operation.method(), BodyPublishers.noBody());
        if (operation.method().equals("PATCH")) {
            request.header("If-Match", "*");
        }
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    /** @param body null for none */
    static HttpResponse<String> send(DescribedOperation operation, String address, String token, String body) {
        HttpRequest.Builder request = request(operation, address, token);
        return body == null ? send(request) : send(operation, request, "application/json", body);
    }

    static HttpResponse<String> send(
            DescribedOperation operation, HttpRequest.Builder request, String type, String body) {
        return send(request.header("Content-Type", type).method(operation.method(), BodyPublishers.ofString(body)));
    }

    static HttpResponse<String> send(HttpRequest.Builder prepared) {
        HttpRequest request = prepared.build();
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(request + " was not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    void expect(DescribedOperation operation, String what, int status, HttpResponse<String> answer) {
        if (answer.statusCode() != status) {
            flaws.add(operation + " " + what + ": " + answer.statusCode() + " instead of " + status + " "
                    + shown(answer));
        }
        expectRefused(operation, what, answer);
    }

    /** With the field's name: 400, or 422 where it could be, but not here. */
    void expectBlame(DescribedOperation operation, String what, String field, HttpResponse<String> answer) {
        if (answer.statusCode() != 400 && answer.statusCode() != 422 || !names(answer, field)) {
            flaws.add(operation + " " + what + " is not blamed on " + field + ": " + answer.statusCode() + " "
                    + shown(answer));
        }
        expectRefused(operation, what, answer);
    }

    /** With any 4xx that is a problem document. */
    void expectRefused(DescribedOperation operation, String what, HttpResponse<String> answer) {
        boolean problem = answer.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json");
        if (answer.statusCode() / 100 != 4 || !problem && answer.uri().getPath().startsWith("/api/")) {
            flaws.add(operation + " " + what + ": " + answer.statusCode() + " "
                    + answer.headers().firstValue("Content-Type") + " " + shown(answer));
        }
    }

    void note(String flaw) {
        flaws.add(flaw);
    }

    void requireNoFlaws() {
        assertThat(flaws).isEmpty();
    }

    private static boolean names(HttpResponse<String> answer, String field) {
        try {
            for (JsonNode error : JSON.readTree(answer.body()).path("errors")) {
                if (error.path("field").asText().contains(field)) {
                    return true;
                }
            }
            return false;
        } catch (IOException notJson) {
            return false;
        }
    }

    private static String shown(HttpResponse<String> answer) {
        return answer.body().substring(0, Math.min(200, answer.body().length()));
    }
}
