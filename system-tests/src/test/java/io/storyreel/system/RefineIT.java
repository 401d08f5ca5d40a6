package io.storyreel.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.simulator.task.Pace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.awt.Color;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Scenes refined over HTTP, their pictures bought by a real worker. */
class RefineIT {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pace QUICK = Pace.exactly(Duration.ofMillis(100), Duration.ofMillis(300));
    private static final Pace SLOW = Pace.exactly(Duration.ofMillis(100), Duration.ofSeconds(8));

    @TempDir
    static Path directory;

    private static RunningPair pair;
    private static Films films;
    private static String picture;

    @BeforeAll
    static void start() throws Exception {
        Map<String, String> settings = new HashMap<>(Impatience.settings());
        settings.put("STORYREEL_PROVIDERS_ANSWER_LIMIT", "3s");
        pair = new RunningPair(directory, 1, QUICK, settings).start();
        films = new Films(pair);
        picture = films.upload(films.picture(Color.ORANGE, 640, 360));
    }

    @AfterAll
    static void stop() {
        pair.close();
    }

    @BeforeEach
    void painter_is_well_and_its_books_empty() {
        pair.simulator.reset();
        pair.simulator.pace("replicate", QUICK);
    }

    @Test
    void a_scene_refined_twice_at_once_keeps_all_its_versions_and_each_picture_is_bought_once() throws Exception {
        String project = project(6);

        List<JsonNode> answers = Stream.of(
                        refining(project, "A lighthouse at night"), refining(project, "A harbour at dawn"))
                .map(CompletableFuture::join)
                .map(answer -> json(answer, 200))
                .toList();

        assertThat(answers)
                .allSatisfy(job -> assertThat(job.get("approved").asBoolean()).isFalse());
        assertThat(pair.simulator.purchases("replicate")).hasSize(2);
        JsonNode versions = history(project);
        assertThat(versions.findValuesAsText("current")).containsExactly("true", "false", "false");
        assertThat(versions.findValuesAsText("image_url"))
                .doesNotHaveDuplicates()
                .contains(picture);
        assertThat(scene(project).get("image_url")).isEqualTo(versions.get(0).get("image_url"));

        String first = versions.get(2).get("version_id").asText();
        JsonNode back =
                json(post(project, "/scenes/3/history/" + first + "/take").join(), 200);

        assertThat(back.at("/storyboard_data/2/image_url").asText()).isEqualTo(picture);
        json(
                post(
                                project,
                                "/scenes/3/history/"
                                        + versions.get(1).get("version_id").asText() + "/take")
                        .join(),
                200);
        films.patch(project, JSON.createObjectNode().put("approved", true));
        JsonNode rendered = films.finished(films.render(project, "local"));
        assertThat(rendered.get("status").asText())
                .as(rendered.toPrettyString())
                .isEqualTo("completed");
        assertThat(pair.simulator.purchases("replicate")).hasSize(2);
        assertThat(pair.count("select count(*) from scene_version where refinement and project_id = '" + project + "'"))
                .isEqualTo(2);
    }

    @Test
    void a_picture_that_is_being_made_when_its_worker_is_killed_is_bought_once() throws Exception {
        pair.simulator.pace("replicate", SLOW);
        String project = project(1);
        CompletableFuture<HttpResponse<String>> waiting =
                post(project, "/refine?scene_number=1&new_image_prompt=" + words("A lighthouse at night"));
        await().atMost(RunningPair.LIMIT)
                .until(() -> pair.simulator.purchases("replicate").size() == 1);

        pair.workers.get(0).kill9();
        pair.workers.get(0).start();

        JsonNode job = json(waiting.join(), 200);
        assertThat(job.at("/storyboard_data/0/image_url").asText())
                .startsWith("asset://sha256/")
                .isNotEqualTo(picture);
        assertThat(pair.simulator.purchases("replicate")).hasSize(1);
        assertThat(pair.count("select attempts from job where kind = 'scene_image' and project_id = '" + project + "'"))
                .isEqualTo(2);
    }

    @Test
    void a_picture_that_is_canceled_leaves_the_scene_as_it_was_and_does_not_count() throws Exception {
        pair.simulator.pace("replicate", SLOW);
        String project = project(1);
        CompletableFuture<HttpResponse<String>> waiting =
                post(project, "/refine?scene_number=1&new_image_prompt=" + words("A lighthouse at night"));
        await().atMost(RunningPair.LIMIT)
                .until(() -> pair.simulator.purchases("replicate").size() == 1);
        String job = json(get(project, "/scenes/1/history"), 200)
                .at("/items/0/image_job_id")
                .asText();

        pair.client().post(pair.base() + "/render/jobs/" + job + "/cancel", JSON.createObjectNode());

        JsonNode problem = json(waiting.join(), 409);
        assertThat(problem.get("code").asText()).isEqualTo("picture_not_made");
        assertThat(json(get(project, ""), 200).at("/approved").asBoolean()).isTrue();
        assertThat(json(get(project, ""), 200)
                        .at("/storyboard_data/0/image_url")
                        .asText())
                .isEqualTo(picture);
        assertThat(json(get(project, "/metadata"), 200)
                        .at("/metrics/refinement_count")
                        .asInt())
                .isZero();
    }

    @Test
    void missing_pictures_are_made_from_their_words_and_then_the_film_can_be_rendered() throws Exception {
        ObjectNode film = films.storyboard("Of words");
        Films.addScene(film, picture, 0.5, "none");
        for (int scene = 2; scene <= 3; scene++) {
            film.withArray("storyboard")
                    .addObject()
                    .put("scene_index", scene)
                    .put("image_prompt", "A lighthouse at night")
                    .put("duration", 0.5);
        }
        String project = films.create(film);

        JsonNode made = json(post(project, "/images").join(), 202).get("images");

        assertThat(made).hasSize(2);
        for (JsonNode image : made) {
            JsonNode done = films.finished(image.get("image_job_id").asText());
            assertThat(done.get("status").asText()).as(done.toPrettyString()).isEqualTo("completed");
        }
        assertThat(json(post(project, "/images").join(), 200).get("images")).isEmpty();
        assertThat(pair.simulator.purchases("replicate")).hasSize(2);
        films.patch(project, JSON.createObjectNode().put("approved", true));
        assertThat(films.finished(films.render(project, "local")).get("status").asText())
                .isEqualTo("completed");
    }

    private static String project(int scenes) throws Exception {
        ObjectNode film = films.storyboard("To be refined");
        for (int i = 0; i < scenes; i++) {
            Films.addScene(film, picture, 0.5, "none");
        }
        return films.create(film);
    }

    private static CompletableFuture<HttpResponse<String>> refining(String project, String prompt) {
        return post(project, "/refine?scene_number=3&new_image_prompt=" + words(prompt));
    }

    private static JsonNode history(String project) {
        return json(get(project, "/scenes/3/history"), 200).get("items");
    }

    private static JsonNode scene(String project) {
        return json(get(project, ""), 200).at("/storyboard_data/2");
    }

    private static HttpResponse<String> get(String project, String below) {
        return HTTP.sendAsync(request(project, below).GET().build(), BodyHandlers.ofString())
                .join();
    }

    private static CompletableFuture<HttpResponse<String>> post(String project, String below) {
        return HTTP.sendAsync(
                request(project, below).POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String project, String below) {
        return HttpRequest.newBuilder(URI.create(pair.api.url()).resolve("/api/v2/jobs/" + project + below))
                .timeout(RunningPair.LIMIT)
                .header("Authorization", "Bearer " + pair.token);
    }

    private static String words(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static JsonNode json(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError(answer.body(), e);
        }
    }
}
