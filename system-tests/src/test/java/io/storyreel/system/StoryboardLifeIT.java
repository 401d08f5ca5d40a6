package io.storyreel.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A storyboard's whole life at {@code /api/v2/jobs}, over HTTP and by a real worker. */
class StoryboardLifeIT {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    static Path directory;

    private static RunningPair pair;
    private static Films films;
    private static String job;

    @BeforeAll
    static void start() throws Exception {
        pair = new RunningPair(directory, 1, Map.of()).start();
        films = new Films(pair);
    }

    @AfterAll
    static void stop() {
        pair.close();
    }

    @Test
    void from_the_first_word_to_the_counted_download() throws Exception {
        ObjectNode film = films.storyboard("Ein Tag am H\u00e4fen: Rot & Blau");
        film.remove("approved");
        scene(film, Color.RED, 1.5);
        scene(film, new Color(0, 160, 0), 1);
        scene(film, Color.BLUE, 1.5);
        ArrayNode script = (ArrayNode) film.get("script");
        script.addObject().put("text", "Red.");
        script.addObject().put("text", "Blue.").put("scene_index", 3);
        job = json(send(posting("/api/v2/jobs", film.toString()), 201))
                .get("job_id")
                .asText();

        JsonNode ordered = json(send(posting("/reorder?scene_order=3&scene_order=1&scene_order=2", ""), 200));
        assertThat(ordered.at("/storyboard_data/0/scene_index").asInt()).isEqualTo(1);
        assertThat(ordered.at("/storyboard_data/2/duration").asDouble()).isEqualTo(1);
        assertThat(json(send(request("/metadata").GET(), 200))
                        .at("/video/available")
                        .asBoolean())
                .isFalse();

        JsonNode started = json(send(posting("/approve", ""), 200));
        assertThat(started.get("status").asText()).isEqualTo("rendering_started");
        send(posting("/reorder?scene_order=3&scene_order=1&scene_order=2", ""), 409);
        JsonNode finished = followed();
        assertThat(finished.get("status").asText())
                .as(finished.toPrettyString())
                .isEqualTo("completed");
        assertThat(finished.at("/progress/scenes_completed").asInt()).isEqualTo(3);

        byte[] video = downloadedInThreeParts();
        Path file = Files.write(directory.resolve("life.mp4"), video);
        Measured measured = new Measured(pair.ffmpeg.path(), file);
        assertThat(measured.soundSeconds()).isBetween(3.9, 4.3);
        assertThat(measured.colourAt(0.7).blue())
                .as("the last scene comes first")
                .isGreaterThan(100);
        assertThat(measured.colourAt(2.2).red()).isGreaterThan(100);
        HttpResponse<byte[]> poster = send(request("/poster").GET(), 200);
        assertThat(poster.body()).startsWith(0xff, 0xd8);
        String captions =
                new String(send(request("/captions?format=vtt").GET(), 200).body(), StandardCharsets.UTF_8);
        assertThat(captions).startsWith("WEBVTT").containsSubsequence("Blue.", "Red.");
        send(request("/export?format=mov&quality=low").GET(), 200);

        await().atMost(RunningPair.LIMIT).until(this::downloads, count -> count == 2);
        JsonNode metadata = publicMetadata();
        assertThat(metadata.at("/scenes/completed").asInt()).isEqualTo(3);
        assertThat(metadata.at("/video/available").asBoolean()).isTrue();
        assertThat(metadata.toString()).doesNotContain("Rot");
        countsTheLastDownloadBeforeTheProcessEnds();
    }

    private void countsTheLastDownloadBeforeTheProcessEnds() throws Exception {
        send(request("/video").GET(), 200);
        pair.api.stop();
        assertThat(pair.count("select downloads from download_count")).isEqualTo(3);
    }

    /** Until the job has come to its end, asked as a page would: told only what has changed. */
    private static JsonNode followed() {
        await().atMost(RunningPair.LIMIT)
                .until(() -> json(send(request("").GET(), 200)).get("status").asText(), status -> !"rendering"
                        .equals(status));
        HttpResponse<byte[]> answer = send(request("").GET(), 200);
        String tag = answer.headers().firstValue("ETag").orElseThrow();
        send(request("").header("If-None-Match", tag).GET(), 304);
        return json(answer);
    }

    private static byte[] downloadedInThreeParts() throws Exception {
        HttpResponse<byte[]> head = send(request("/video").method("HEAD", BodyPublishers.noBody()), 200);
        assertThat(head.headers().firstValue("Content-Disposition").orElseThrow())
                .isEqualTo("attachment; filename=\"Ein Tag am Hafen_ Rot & Blau.mp4\";"
                        + " filename*=UTF-8''Ein%20Tag%20am%20H%C3%A4fen_%20Rot%20&%20Blau.mp4");
        long size = head.headers().firstValueAsLong("Content-Length").orElseThrow();
        long third = size / 3;
        ByteArrayOutputStream video = new ByteArrayOutputStream();
        video.write(part("/api/videos/" + job + "/data", "bytes=0-" + (third - 1)));
        video.write(part("/api/v2/jobs/" + job + "/video", "bytes=" + third + "-" + (2 * third)));
        video.write(part("/api/v2/jobs/" + job + "/video", "bytes=" + (2 * third + 1) + "-"));
        assertThat(video.size()).isEqualTo((int) size);
        send(request("/video").header("Range", "bytes=" + size + "-").GET(), 416);
        return video.toByteArray();
    }

    private static byte[] part(String path, String range) {
        return send(request(path).header("Range", range).GET(), 206).body();
    }

    private int downloads() throws Exception {
        return publicMetadata().at("/metrics/download_count").asInt();
    }

    /** Asked without a token. */
    private static JsonNode publicMetadata() throws Exception {
        URI address = URI.create(pair.api.url() + "/api/v2/jobs/" + job + "/metadata");
        HttpResponse<byte[]> answer = HTTP.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        return json(answer);
    }

    private static void scene(ObjectNode film, Color color, double seconds) throws Exception {
        Films.addScene(film, films.upload(films.picture(color, 320, 180)), seconds, "none")
                .put("motion", "none");
    }

    private static HttpRequest.Builder posting(String path, String body) {
        HttpRequest.Builder request = request(path).POST(BodyPublishers.ofString(body));
        return body.isEmpty() ? request : request.header("Content-Type", "application/json");
    }

    /** @param path the whole of it, or below the job */
    private static HttpRequest.Builder request(String path) {
        String whole = path.startsWith("/api/") ? path : "/api/v2/jobs/" + job + path;
        return HttpRequest.newBuilder(URI.create(pair.api.url() + whole))
                .timeout(RunningPair.LIMIT)
                .header("Authorization", "Bearer " + pair.token);
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request, int status) {
        HttpResponse<byte[]> answer =
                HTTP.sendAsync(request.build(), BodyHandlers.ofByteArray()).join();
        assertThat(answer.statusCode())
                .as(answer.uri() + " " + new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(status);
        return answer;
    }

    private static JsonNode json(HttpResponse<byte[]> answer) {
        try {
            return Films.JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
