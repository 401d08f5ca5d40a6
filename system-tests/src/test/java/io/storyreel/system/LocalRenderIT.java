package io.storyreel.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.awt.Color;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

/** A storyboard goes in, a video comes out, and it is what was asked for. */
class LocalRenderIT {
    @TempDir
    static Path directory;

    private static RunningPair pair;
    private static Films films;
    private static HttpServer web;

    @BeforeAll
    static void start() throws Exception {
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.start();
        // The name is exempt from the guard against private addresses, the bare address is not.
        pair = new RunningPair(
                        directory,
                        1,
                        Map.of("STORYREEL_FETCH_ALLOWED_HOSTS", "localhost", "STORYREEL_WORKER_RETRY_DELAYS", "1s"))
                .start();
        films = new Films(pair);
    }

    @AfterAll
    static void stop() {
        pair.close();
        web.stop(0);
    }

    @Test
    void scenes_voices_and_length_are_as_planned() throws Exception {
        ObjectNode film = films.storyboard("Three colours");
        scene(film, Color.RED, 3, "fade");
        scene(film, new Color(0, 160, 0), 2.5, "dissolve");
        scene(film, Color.BLUE, 3, "wipe_left");
        ArrayNode script = (ArrayNode) film.get("script");
        script.addObject().put("text", "Red comes first.");
        script.addObject().put("text", "Then green.").put("voice", "nova");
        script.addObject().put("text", "And blue.");

        JsonNode job = finished(films.render(films.create(film), "local"));

        assertThat(job.get("status").asText()).as(job.toPrettyString()).isEqualTo("completed");
        Measured video = download(job);
        assertThat(video.picture()).isEqualTo("h264 yuv420p 854x480");
        assertThat(video.frames()).isEqualTo((int) (8.5 * 24));
        assertThat(video.soundSeconds()).isCloseTo(8.5, within(0.05));
        assertThat(video.loudness()).isCloseTo(-16, within(1.0));
        assertThat(video.colourAt(2).red()).isGreaterThan(100);
        assertThat(video.colourAt(4.5).green()).isGreaterThan(80);
        assertThat(video.colourAt(7).blue()).isGreaterThan(100);
        Double[] starts = {0.0, 3.0, 5.5};
        for (Double start : starts) {
            assertThat(video.onsets())
                    .as("a voice that begins with its scene at %s s", start)
                    .anyMatch(onset -> Math.abs(onset - start) <= 0.05);
        }
        assertThat(job.get("cost").get("actual").decimalValue()).isEqualByComparingTo("0");
    }

    @Test
    void captions_and_poster_come_with_the_video() throws Exception {
        ObjectNode film = films.storyboard("Captioned");
        scene(film, Color.MAGENTA, 2, "none");
        ((ArrayNode) film.get("script")).addObject().put("text", "It's 100% \"real\": caf\u00e9 \u2014 \u4f60\u597d");
        ((ObjectNode) film.get("output")).put("burn_captions", true);

        JsonNode job = finished(films.render(films.create(film), "local"));

        assertThat(job.get("status").asText()).as(job.toPrettyString()).isEqualTo("completed");
        String captions = new String(get(job.get("captions_url").asText()), StandardCharsets.UTF_8);
        assertThat(captions).contains("It's 100% \"real\": caf\u00e9").contains("00:00:00,000 -->");
        byte[] poster = get(job.get("poster_url").asText());
        assertThat(poster[0] & 0xff).isEqualTo(0xff);
        assertThat(poster[1] & 0xff).isEqualTo(0xd8);
    }

    @Test
    void a_picture_in_a_private_network_is_refused_by_name_of_its_scene() throws Exception {
        ObjectNode film = films.storyboard("Nosy");
        scene(film, Color.CYAN, 2, "none");
        Films.addScene(film, "http://127.0.0.1:" + web.getAddress().getPort() + "/secret.png", 2, "none");

        JsonNode job = finished(films.render(films.create(film), "local"));

        assertFailure(job, "scene_index=2", "image_url");
    }

    @Test
    void a_redirect_into_a_private_network_is_refused() throws Exception {
        web.createContext("/away.png", exchange -> {
            exchange.getResponseHeaders().add("Location", "http://169.254.169.254/latest/meta-data");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });

        JsonNode job = finished(films.render(films.create(filmOf(webAddress("/away.png"))), "local"));

        assertFailure(job, "scene_index=1", "image_url");
    }

    @Test
    void a_text_that_poses_as_a_picture_fails_with_its_scene_and_leaves_no_scratch_file() throws Exception {
        web.createContext("/text.png", exchange -> {
            byte[] body = "this is a text".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "image/png");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });

        JsonNode job = finished(films.render(films.create(filmOf(webAddress("/text.png"))), "local"));

        assertFailure(job, "scene_index=1", "image_url");
        try (Stream<Path> scratch = Files.walk(directory.resolve("scratch"))) {
            assertThat(scratch.filter(Files::isRegularFile)
                            .filter(file -> !file.endsWith("lock") && !file.endsWith(".lock")))
                    .isEmpty();
        }
    }

    @Test
    void a_render_can_be_canceled_while_ffmpeg_runs() throws Exception {
        ObjectNode film = films.storyboard("Canceled");
        for (int i = 0; i < 10; i++) {
            scene(film, Color.getHSBColor(i / 10f, 1, 1), 20, "dissolve");
        }
        ((ObjectNode) film.get("output")).put("resolution", "1080p").put("fps", 60);
        String job = films.render(films.create(film), "local");
        await().atMost(RunningPair.LIMIT)
                .until(() -> films.job(job).path("stage").asText(), "compose"::equals);

        pair.client().post(pair.base() + "/render/jobs/" + job + "/cancel", Films.JSON.createObjectNode());

        assertThat(finished(job).get("status").asText()).isEqualTo("canceled");
        await().atMost(RunningPair.LIMIT)
                .until(() -> ProcessHandle.of(pair.workers.get(0).pid())
                        .orElseThrow()
                        .descendants()
                        .noneMatch(child -> child.info().command().orElse("").contains("ffmpeg")));
    }

    private ObjectNode filmOf(String imageUrl) {
        ObjectNode film = films.storyboard("From the web");
        Films.addScene(film, imageUrl, 2, "none");
        return film;
    }

    private static String webAddress(String path) {
        return "http://localhost:" + web.getAddress().getPort() + path;
    }

    private static void scene(ObjectNode film, Color color, double seconds, String transition) throws Exception {
        Films.addScene(film, films.upload(films.picture(color, 640, 360)), seconds, transition)
                .put("motion", "none");
    }

    private static JsonNode finished(String job) throws Exception {
        await().atMost(RunningPair.LIMIT)
                .until(
                        () -> films.job(job).get("status").asText(),
                        status -> !"pending".equals(status) && !"processing".equals(status));
        return films.job(job);
    }

    private static void assertFailure(JsonNode job, String... words) {
        assertThat(job.get("status").asText()).as(job.toPrettyString()).isEqualTo("failed");
        assertThat(job.get("error_message").asText()).contains(words);
    }

    private Measured download(JsonNode job) throws Exception {
        Path file = Files.write(
                directory.resolve(job.get("job_id").asText() + ".mp4"),
                get(job.get("video_urls").get(0).asText()));
        return new Measured(pair.ffmpeg.path(), file);
    }

    private static byte[] get(String url) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + pair.token)
                .build();
        HttpResponse<byte[]> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).as(url).isEqualTo(200);
        return answer.body();
    }
}
