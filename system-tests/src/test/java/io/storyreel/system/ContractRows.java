package io.storyreel.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.simulator.task.Pace;

import java.awt.Color;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What the rows of the contract are tried on: one running pair, and in it a finished video. */
abstract class ContractRows {
    static RunningPair pair;
    static Films films;
    static WalkClient client;
    static String picture;

    /** A finished video, and the render that made it. */
    static String project;

    static String render;

    static void start(Path directory) throws Exception {
        pair = new RunningPair(
                        directory,
                        1,
                        Pace.instant(),
                        Map.of("STORYREEL_MOCK_DURATION_MIN", "1m", "STORYREEL_MOCK_DURATION_MAX", "1m"))
                .start();
        films = new Films(pair);
        client = new WalkClient(URI.create(pair.api.url()), pair.token);
        picture = films.upload(films.picture(Color.ORANGE, 320, 180));
        ObjectNode film = film(2);
        film.withArray("script").addObject().put("text", "Once upon a time.");
        project = films.create(film);
        render = films.render(project, "local");
        assertThat(films.finished(render).path("status").asText()).isEqualTo("completed");
    }

    static void stop() {
        pair.close();
    }

    static ObjectNode film(int scenes) {
        ObjectNode film = films.storyboard("Contract");
        for (int i = 0; i < scenes; i++) {
            Films.addScene(film, picture, 0.5, "none");
        }
        return film;
    }

    /** With a last scene that has words only. */
    static ObjectNode unpictured() {
        ObjectNode film = film(1);
        film.withArray("storyboard")
                .addObject()
                .put("scene_index", 2)
                .put("image_prompt", "A lighthouse at night")
                .put("duration", 0.5);
        return film;
    }

    static WalkAnswer created(ObjectNode film) {
        return expect(client.post(pair.base() + "/projects", film), 201);
    }

    static String id(ObjectNode film) {
        return created(film).body().get("id").asText();
    }

    static WalkAnswer expect(WalkAnswer answer, int status) {
        assertThat(answer.status()).as(client::story).isEqualTo(status);
        return answer;
    }

    static void refused(WalkAnswer answer, int status, String code) {
        expect(answer, status);
        assertThat(answer.code()).as(client::story).isEqualTo(code);
    }

    static WalkAnswer post(String path, String body) throws Exception {
        return client.post(path, body == null ? null : Films.JSON.readTree(body));
    }

    static String[] names(JsonNode node) {
        return node.properties().stream().map(Map.Entry::getKey).toArray(String[]::new);
    }
}
