package io.storyreel.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.client.ApiClient;
import io.storyreel.local.client.FilePart;

import javax.imageio.ImageIO;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Makes projects over HTTP, as any user would. */
final class Films {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final RunningPair pair;
    private final ApiClient client;

    Films(RunningPair pair) {
        this.pair = pair;
        this.client = pair.client();
    }

    /** A picture of its own colour, so that scenes can be told apart in the video. */
    Path picture(Color color, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setPaint(new GradientPaint(0, 0, color, width, height, color.darker()));
        pen.fillRect(0, 0, width, height);
        pen.dispose();
        Path file = pair.directory.resolve("picture-" + UUID.randomUUID() + ".png");
        try {
            ImageIO.write(image, "png", file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    String upload(Path file) throws Exception {
        return client.upload(pair.base() + "/assets", FilePart.of(file))
                .get("asset_url")
                .asText();
    }

    ObjectNode storyboard(String title) {
        ObjectNode film = JSON.createObjectNode().put("title", title).put("approved", true);
        film.putArray("storyboard");
        film.putArray("script");
        film.putObject("output").put("resolution", "480p").put("fps", 24);
        return film;
    }

    static ObjectNode addScene(ObjectNode film, String imageUrl, double seconds, String transition) {
        ArrayNode scenes = (ArrayNode) film.get("storyboard");
        return scenes.addObject()
                .put("scene_index", scenes.size())
                .put("image_url", imageUrl)
                .put("duration", seconds)
                .put("transition", transition);
    }

    String create(JsonNode film) throws Exception {
        return client.post(pair.base() + "/projects", film).get("id").asText();
    }

    /** Starts the render and answers the job's id. */
    String render(String project, String provider) throws Exception {
        JsonNode body = JSON.createObjectNode().put("provider", provider);
        return client.post(pair.base() + "/render/" + project, body)
                .get("job_id")
                .asText();
    }

    /** Starts the render with this body and answers the job's id. */
    String render(String project, JsonNode body) throws Exception {
        return client.post(pair.base() + "/render/" + project, body)
                .get("job_id")
                .asText();
    }

    JsonNode plan(String project, JsonNode body) throws Exception {
        return client.post(pair.base() + "/projects/" + project + "/plan", body);
    }

    JsonNode job(String job) throws Exception {
        return client.get(pair.base() + "/render/jobs/" + job);
    }

    /** The job when it has come to its end, whatever end. */
    JsonNode finished(String job) {
        await().atMost(RunningPair.LIMIT)
                .until(
                        () -> job(job).get("status").asText(),
                        status -> !"pending".equals(status) && !"processing".equals(status));
        try {
            return job(job);
        } catch (Exception e) {
            throw new AssertionError("the job cannot be read", e);
        }
    }

    /** What the users were told on the way, in order. */
    List<String> messages(String job) throws Exception {
        List<String> messages = new ArrayList<>();
        client.get(pair.base() + "/render/jobs/" + job + "/history")
                .get("events")
                .forEach(event -> messages.add(event.path("message").asText()));
        return messages;
    }

    Measured video(JsonNode job) throws Exception {
        Path file = pair.directory.resolve(job.get("job_id").asText() + ".mp4");
        HttpResponse<Path> answer = HTTP.send(
                request(job.get("video_urls").get(0).asText()).build(), HttpResponse.BodyHandlers.ofFile(file));
        assertThat(answer.statusCode()).isEqualTo(200);
        return new Measured(pair.ffmpeg.path(), file);
    }

    /** Changes the project as it stands. */
    void patch(String project, JsonNode changes) throws Exception {
        String path = pair.base() + "/projects/" + project;
        String version = send(request(path).GET()).headers().firstValue("ETag").orElseThrow();
        send(request(path)
                .header("If-Match", version)
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(changes.toString())));
    }

    JsonNode budget() throws Exception {
        return client.get(pair.base() + "/budget");
    }

    /** @param daily limit in USD; null for none */
    void limit(BigDecimal daily) throws Exception {
        JsonNode limits = JSON.createObjectNode().put("daily_limit", daily).putNull("monthly_limit");
        send(request(pair.base() + "/budget")
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(limits.toString())));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(pair.api.url()).resolve(path))
                .header("Authorization", "Bearer " + pair.token);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return answer;
    }
}
