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
import java.nio.file.Path;
import java.util.UUID;

/** Makes projects over HTTP, as any user would. */
final class Films {
    static final ObjectMapper JSON = new ObjectMapper();

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

    JsonNode job(String job) throws Exception {
        return client.get(pair.base() + "/render/jobs/" + job);
    }
}
