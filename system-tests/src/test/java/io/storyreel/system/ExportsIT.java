package io.storyreel.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.awt.Color;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A finished video in other sizes and formats, over HTTP and by a real worker. */
class ExportsIT {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path directory;

    private static RunningPair pair;
    private static String project;
    private static String exports;

    @BeforeAll
    static void render() throws Exception {
        pair = new RunningPair(directory, 1, Map.of()).start();
        Films films = new Films(pair);
        ObjectNode film = films.storyboard("To be exported");
        Films.addScene(film, films.upload(films.picture(Color.ORANGE, 640, 360)), 2, "none");
        project = films.create(film);
        String job = films.render(project, "local");
        assertThat(films.finished(job).get("status").asText()).isEqualTo("completed");
        exports = pair.base() + "/render/jobs/" + job + "/exports";
    }

    @AfterAll
    static void stop() {
        pair.close();
    }

    @Test
    void ten_equal_requests_at_once_are_one_ffmpeg_run_and_all_get_the_file() throws Exception {
        String body = "{\"exports\": [{\"format\": \"mov\", \"quality\": \"low\"}]}";

        List<String> ids =
                IntStream.range(0, 10)
                        .mapToObj(i -> HTTP.sendAsync(post(body), BodyHandlers.ofString()))
                        .toList()
                        .stream()
                        .map(CompletableFuture::join)
                        .map(answer ->
                                json(answer, 202).at("/exports/0/export_id").asText())
                        .distinct()
                        .toList();

        assertThat(ids).hasSize(1);
        JsonNode export = finished(ids.get(0));
        assertThat(pair.count("select count(*) from job where kind = 'export' and input ->> 'format' = 'mov'"))
                .isEqualTo(1);
        assertThat(pair.count("select sum(attempts) from job where kind = 'export' and input ->> 'format' = 'mov'"))
                .isEqualTo(1);
        Path file = directory.resolve("export.mov");
        HttpResponse<Path> answer =
                HTTP.send(request(export.get("url").asText()).build(), BodyHandlers.ofFile(file));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("ETag"))
                .contains('"' + export.get("sha256").asText() + '"');
        assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
                .contains("-low.mov");
        assertThat(export.get("width").asInt()).isEqualTo(854);
        assertThat(export.get("seconds").asDouble()).isBetween(1.95, 2.05);
        HttpResponse<byte[]> part = HTTP.send(
                request(export.get("url").asText())
                        .header("Range", "bytes=0-11")
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(new String(part.body(), 4, 8, StandardCharsets.US_ASCII)).isEqualTo("ftypqt  ");
    }

    @Test
    void a_request_waits_for_its_file_and_the_next_one_gets_it_at_once() throws Exception {
        URI address = URI.create(pair.api.url() + "/api/v2/jobs/" + project + "/export?format=webm&quality=low");

        HttpResponse<byte[]> made = HTTP.send(request(address.toString()).build(), BodyHandlers.ofByteArray());
        HttpResponse<byte[]> again = HTTP.send(
                request(address.toString())
                        .header(
                                "If-None-Match",
                                made.headers().firstValue("ETag").orElseThrow())
                        .build(),
                BodyHandlers.ofByteArray());

        assertThat(made.statusCode()).isEqualTo(200);
        assertThat(made.headers().firstValue("Content-Type")).contains("video/webm");
        assertThat(made.body()).startsWith(0x1A, 0x45, 0xDF, 0xA3);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(pair.count("select count(*) from job where kind = 'export' and input ->> 'format' = 'webm'"))
                .isEqualTo(1);
    }

    private static JsonNode finished(String export) {
        await().atMost(RunningPair.LIMIT)
                .until(() -> state(export).get("status").asText(), "completed"::equals);
        return state(export);
    }

    private static JsonNode state(String export) {
        return json(
                HTTP.sendAsync(request(exports + "/" + export).build(), BodyHandlers.ofString())
                        .join(),
                200);
    }

    private static JsonNode json(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    private static HttpRequest post(String body) {
        return request(exports)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(pair.api.url()).resolve(path))
                .timeout(RunningPair.LIMIT)
                .header("Authorization", "Bearer " + pair.token);
    }
}
