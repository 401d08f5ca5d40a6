package io.storyreel.local.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.storyreel.local.simulator.wire.Request;

import javax.imageio.ImageIO;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Speaks to one vendor of the simulator with fixed headers. */
public final class SimulatorClient {

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;
    private final List<String> headers = new ArrayList<>();

    public SimulatorClient(String base, Map<String, String> headers) {
        this.base = base;
        headers.forEach((name, value) -> this.headers.addAll(List.of(name, value)));
    }

    /** An answer with its body, whatever it is. */
    public record Reply(int status, HttpResponse<byte[]> raw) {

        public JsonNode json() throws IOException {
            return Request.JSON.readTree(raw.body());
        }

        public String text() {
            return new String(raw.body(), UTF_8);
        }

        public String header(String name) {
            return raw.headers().firstValue(name).orElse("");
        }
    }

    /** @param path after the base, or a whole address */
    public Reply call(String method, String path, String body, String... more)
            throws IOException, InterruptedException {
        var address = path.startsWith("http") ? path : base + path;
        var request = HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(20));
        var all = new ArrayList<>(headers);
        if (!body.isEmpty()) {
            all.addAll(List.of("Content-Type", "application/json"));
        }
        all.addAll(List.of(more));
        for (var i = 0; i < all.size(); i += 2) {
            request.setHeader(all.get(i), all.get(i + 1));
        }
        var publisher =
                body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        var answer = http.send(request.method(method, publisher).build(), HttpResponse.BodyHandlers.ofByteArray());
        return new Reply(answer.statusCode(), answer);
    }

    public Reply get(String path, String... headers) throws IOException, InterruptedException {
        return call("GET", path, "", headers);
    }

    public Reply post(String path, String body, String... headers) throws IOException, InterruptedException {
        return call("POST", path, body, headers);
    }

    /** A small picture of one colour as a data URI. */
    public static String picture(Color colour) throws IOException {
        var image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
        var canvas = image.createGraphics();
        canvas.setColor(colour);
        canvas.fillRect(0, 0, 64, 48);
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
