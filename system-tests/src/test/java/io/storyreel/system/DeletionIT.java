package io.storyreel.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.server.S3Process;
import io.storyreel.local.stack.StackDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.awt.Color;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Of two projects that share a picture and a voice one is deleted, while the worker is killed and the store is away. */
class DeletionIT {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path directory;

    private static RunningPair pair;
    private static Films films;

    @BeforeAll
    static void start() throws Exception {
        pair = new RunningPair(
                        directory,
                        1,
                        Map.of(
                                "STORYREEL_REMOVAL_SETTLE", "1s",
                                "STORYREEL_REMOVAL_LOOK", "300ms",
                                "STORYREEL_REMOVAL_AGAIN", "2s",
                                "STORYREEL_SWEEPER_LOOK", "300ms",
                                "STORYREEL_SWEEPER_INTERVAL", "1s",
                                "STORYREEL_SWEEPER_GRACE", "0s",
                                "STORYREEL_SWEEPER_LEASE", "5s",
                                "STORYREEL_STORAGE_PATIENCE", "5s"))
                .start();
        films = new Films(pair);
    }

    @AfterAll
    static void stop() {
        pair.close();
    }

    @Test
    void takes_away_everything_of_a_deleted_project_and_nothing_of_its_neighbour() throws Exception {
        String shared = films.upload(films.picture(Color.ORANGE, 640, 360));
        String own = films.upload(films.picture(Color.BLUE, 640, 360));
        String doomed = films.create(film("Doomed", shared, own));
        String neighbour = films.create(film("Neighbour", shared, shared));
        JsonNode first = films.finished(films.render(doomed, "local"));
        JsonNode second = films.finished(films.render(neighbour, "local"));
        assertThat(first.get("status").asText()).isEqualTo("completed");
        assertThat(second.get("status").asText()).isEqualTo("completed");
        String export = exported(first.get("job_id").asText());
        String running = films.render(doomed, "local");

        assertThat(send("DELETE", pair.base() + "/projects/" + doomed)).isEqualTo(204);
        assertThat(send("GET", pair.base() + "/projects/" + doomed)).isEqualTo(404);
        assertThat(send("GET", first.get("video_urls").get(0).asText())).isEqualTo(404);
        assertThat(send("GET", export)).isEqualTo(404);
        pair.workers.get(0).kill9();
        pair.s3.stop();
        pair.workers.get(0).start();
        await().atMost(RunningPair.LIMIT)
                .until(() -> pair.count("select count(*) from object_removal where taken_at is not null"), n -> n > 0);
        pair.s3.start();

        await().atMost(RunningPair.LIMIT).until(DeletionIT::nothingIsLeftToDo);
        assertThat(films.finished(running).get("status").asText()).isEqualTo("canceled");
        assertThat(objects("renders/" + first.get("job_id").asText())).isEmpty();
        assertThat(objects("exports")).isEmpty();
        assertThat(objects("content/" + digest(own).substring(0, 2))).noneMatch(file -> file.contains(digest(own)));
        assertThat(pair.count("select count(*) from job where project_id = '" + doomed + "' and kind = 'render'"))
                .isEqualTo(2);
        assertThat(films.video(second).frames()).isGreaterThanOrEqualTo(48);
        assertThat(objects("content")).anyMatch(file -> file.contains(digest(shared)));
        long voices = objects("speech").size();
        assertThat(voices).isEqualTo(1);
        JsonNode again = films.finished(films.render(neighbour, "local"));
        assertThat(again.get("status").asText()).isEqualTo("completed");
        sweptFilesAreTheOnesNobodyKnows(neighbour);
    }

    /** What was never anybody's goes, what is somebody's stays. */
    private static void sweptFilesAreTheOnesNobodyKnows(String neighbour) throws Exception {
        List<String> known = objects("");
        Path orphan = bucket().resolve("clips/ab/" + "ab".repeat(32));
        Files.createDirectories(orphan.getParent());
        Files.writeString(orphan, "nobody's");
        Path strange = bucket().resolve("clips/readme");
        Files.writeString(strange, "not ours");

        await().atMost(RunningPair.LIMIT).until(() -> !Files.exists(orphan) && nothingIsLeftToDo());

        assertThat(objects("")).containsAll(known).anyMatch(file -> file.endsWith("clips/readme"));
        assertThat(pair.count("select sum(removed) from object_sweep")).isPositive();
        assertThat(send("GET", pair.base() + "/projects/" + neighbour)).isEqualTo(200);
    }

    private static boolean nothingIsLeftToDo() throws Exception {
        return pair.count("select (select count(*) from project_removal) + (select count(*) from object_removal)") == 0;
    }

    private static ObjectNode film(String title, String first, String second) {
        ObjectNode film = films.storyboard(title);
        Films.addScene(film, first, 1, "none");
        Films.addScene(film, second, 1, "fade");
        ((ArrayNode) film.get("script")).addObject().put("text", "The same words in both.");
        return film;
    }

    /** @return the address of the file */
    private static String exported(String job) throws Exception {
        String path = pair.base() + "/render/jobs/" + job + "/exports";
        ObjectNode wish = Films.JSON.createObjectNode();
        wish.putArray("exports").addObject().put("format", "mp4").put("quality", "low");
        String export =
                pair.client().post(path, wish).at("/exports/0/export_id").asText();
        await().atMost(RunningPair.LIMIT)
                .until(
                        () -> pair.client()
                                .get(path + "/" + export)
                                .get("status")
                                .asText(),
                        "completed"::equals);
        return pair.client().get(path + "/" + export).get("url").asText();
    }

    private static int send(String method, String path) throws Exception {
        HttpResponse<Void> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(pair.api.url()).resolve(path))
                        .header("Authorization", "Bearer " + pair.token)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.discarding());
        return answer.statusCode();
    }

    private static String digest(String asset) {
        return asset.substring("asset://sha256/".length(), asset.lastIndexOf('.'));
    }

    private static Path bucket() {
        return new StackDirectory(directory).s3().resolve(S3Process.BUCKET);
    }

    /** Files below, as the server has them on its disk. */
    private static List<String> objects(String prefix) throws IOException {
        Path below = bucket().resolve(prefix);
        if (!Files.exists(below)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(below)) {
            return files.filter(Files::isRegularFile).map(Path::toString).toList();
        }
    }
}
