package io.storyreel.api;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.storyreel.common.storage.ObjectStore;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
@QuarkusTestResource(Backends.class)
class ExportApiTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String HIGH_MP4 = "{\"exports\": [{\"format\": \"mp4\", \"quality\": \"high\"}]}";
    private static final String VERTICAL =
            "{\"width\": 1350, \"height\": 1080, \"video_kbps\": 4000, \"audio_kbps\": 160, \"fps\": 30, \"codec\": \"h264\"}";

    @Inject
    Pool pool;

    @Inject
    ObjectStore store;

    @Inject
    ReportingWorker worker;

    private final Workspace workspace = new Workspace();
    private String project;
    private String render;

    @BeforeEach
    void aFinishedRender() {
        worker.report();
        project = workspace.project();
        render = workspace.render(project);
        finish(render, "a".repeat(64));
    }

    private void finish(String job, String sha256) {
        execute(
                "update job set status = 'completed', completed_at = now(), result = $2::text::jsonb where id = $1",
                UUID.fromString(job),
                "{\"video\": {\"key\": \"renders/x/video.mp4\", \"sha256\": \"" + sha256
                        + "\", \"media_type\": \"video/mp4\", \"size\": 10, \"seconds\": 4.0}, \"warnings\": []}");
    }

    private void execute(String sql, Object... values) {
        pool.preparedQuery(sql).execute(Tuple.from(values)).await().atMost(SOON);
    }

    @Test
    void answers_with_a_job_and_its_addresses_for_each_file_asked_for() {
        String export = workspace
                .json("{\"exports\": [{\"format\": \"webm\", \"quality\": \"uhd\"},"
                        + " {\"format\": \"mp4\", \"quality\": \"low\"}]}")
                .post(exports())
                .then()
                .statusCode(202)
                .body("exports", hasSize(2))
                .body("exports[0].format", equalTo("webm"))
                .body("exports[0].parameters.video_kbps", equalTo(16_000))
                .body("exports[0].status", equalTo("pending"))
                .body("exports[0].url", endsWith("/file"))
                .body("exports[0].progress_url", containsString("/events"))
                .body("exports[1].quality", equalTo("low"))
                .extract()
                .path("exports[1].export_id");
        workspace.request().get(exports() + "/" + export).then().statusCode(200).body("size", nullValue());
        workspace.request().get(exports()).then().statusCode(200).body("items", hasSize(2));
        workspace
                .request()
                .get(exports() + "/" + export + "/file")
                .then()
                .statusCode(404)
                .body("detail", containsString("pending"));
    }

    @Test
    void ten_equal_requests_at_once_make_one_job() {
        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 10)
                .mapToObj(i -> Wire.postJson(workspace, "/render/jobs/" + render + "/exports", HIGH_MP4))
                .toList();

        List<String> bodies = answers.stream()
                .map(CompletableFuture::join)
                .map(HttpResponse::body)
                .distinct()
                .toList();

        assertThat(answers).allMatch(answer -> answer.join().statusCode() == 202);
        assertThat(jobs()).isEqualTo(1);
        assertThat(bodies).allMatch(body -> body.contains(jobId()));
    }

    @Test
    void an_export_that_was_canceled_can_be_asked_for_again() {
        order();
        workspace
                .request()
                .post(workspace.path("/render/jobs/" + jobId() + "/cancel"))
                .then()
                .statusCode(202);
        order();
        assertThat(jobs()).isEqualTo(2);
    }

    @Test
    void hands_out_the_file_and_any_part_of_it_once_it_is_made() throws IOException {
        String export = order();
        make(export);
        String address = exports() + "/" + export + "/file";

        workspace
                .request()
                .header("Range", "bytes=2-4")
                .get(address)
                .then()
                .statusCode(206)
                .header("Content-Range", "bytes 2-4/10")
                .header("Content-Disposition", "attachment; filename=\"storyreel-" + project + "-high.mp4\"")
                .body(equalTo("234"));
        workspace
                .request()
                .header("If-None-Match", "\"" + "b".repeat(64) + "\"")
                .get(address)
                .then()
                .statusCode(304);
        workspace.request().header("Range", "bytes=10-").get(address).then().statusCode(416);
        workspace
                .json(HIGH_MP4)
                .post(exports())
                .then()
                .statusCode(202)
                .body("exports[0].status", equalTo("completed"))
                .body("exports[0].size", equalTo(10));
        assertThat(jobs()).isEqualTo(1);
    }

    @Test
    void a_job_of_a_storyboard_hands_out_its_export_as_soon_as_it_is_made() throws IOException {
        String address = "/api/v2/jobs/" + project + "/export?format=mp4&quality=high";
        String location = workspace
                .request()
                .header("Prefer", "respond-async")
                .get(address)
                .then()
                .statusCode(202)
                .header("Location", containsString("/exports/"))
                .body("status", equalTo("pending"))
                .extract()
                .header("Location");
        String export = location.substring(location.lastIndexOf('/') + 1);
        CompletableFuture<String> waiting = CompletableFuture.supplyAsync(
                () -> workspace.request().get(address).asString());

        make(export);

        assertThat(waiting.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo("0123456789");
        assertThat(jobs()).isEqualTo(1);
    }

    @Test
    void a_job_of_a_storyboard_says_why_it_hands_out_nothing() {
        String address = "/api/v2/jobs/" + project + "/export";
        workspace.request().get(address + "?quality=best").then().statusCode(400);
        workspace.request().get(address + "?format=avi").then().statusCode(400);
        workspace.request().get(address + "?format=mp4&format=mov").then().statusCode(400);
        workspace
                .request()
                .get("/api/v2/jobs/" + workspace.project() + "/export")
                .then()
                .statusCode(400)
                .body("detail", containsString("not completed"));
        new Workspace().request().get(address).then().statusCode(404);
        workspace.request().get("/api/v2/jobs/x%00/export").then().statusCode(400);
        RestAssured.get(address).then().statusCode(401);
    }

    @Test
    void names_everything_that_is_wrong_with_a_request() {
        refuse("{\"exports\": []}", "exports");
        refuse("{\"exports\": [{\"format\": \"mp4\", \"quality\": \"best\"}]}", "quality");
        refuse("{\"exports\": [{\"format\": \"avi\", \"quality\": \"high\"}]}", "exports[0].format");
        refuse("{\"exports\": [{\"format\": \"mp4\", \"quality\": \"\\u0000\"}]}", "quality");
        refuse("{\"exports\": [null, {\"format\": \"mp4\", \"quality\": \"low\"}]}", "exports[0].format");
        refuse("{\"exports\": [{\"format\": \"mp4\"}]}", "exports[0].quality");
        assertThat(jobs()).isZero();
        workspace.json("").post(exports()).then().statusCode(400);
        new Workspace()
                .json(HIGH_MP4)
                .post(new Workspace().path("/render/jobs/" + render + "/exports"))
                .then()
                .statusCode(404);
        String unfinished = workspace.render(project);
        workspace
                .json(HIGH_MP4)
                .post(workspace.path("/render/jobs/" + unfinished + "/exports"))
                .then()
                .statusCode(409);
    }

    @Test
    void a_workspace_names_its_own_presets() {
        String preset = workspace.path("/presets/feed");
        workspace.json(VERTICAL).put(preset).then().statusCode(201).body("built_in", equalTo(false));
        workspace.json(VERTICAL).put(preset).then().statusCode(200);
        workspace.request().get(workspace.path("/presets")).then().body("items.name", hasItems("low", "uhd", "feed"));
        workspace
                .json("{\"exports\": [{\"format\": \"mov\", \"quality\": \"feed\"}]}")
                .post(exports())
                .then()
                .statusCode(202)
                .body("exports[0].parameters.fps", equalTo(30));
        refuse("{\"exports\": [{\"format\": \"webm\", \"quality\": \"feed\"}]}", "quality");
        workspace.json(VERTICAL).put(workspace.path("/presets/high")).then().statusCode(400);
        workspace.json(VERTICAL).put(workspace.path("/presets/a%00b")).then().statusCode(400);
        workspace
                .json("{\"width\": 99, \"height\": 5000, \"video_kbps\": 1, \"audio_kbps\": 1, \"fps\": 1}")
                .put(preset)
                .then()
                .statusCode(400)
                .body("errors.field", hasItems("width", "height", "video_kbps", "audio_kbps", "fps"));
        workspace.json("{\"width\": 98}").put(preset).then().statusCode(400).body("errors.field", hasItem("height"));
        workspace.request().delete(preset).then().statusCode(204);
        workspace.request().delete(preset).then().statusCode(404);
        workspace.request().delete(workspace.path("/presets/a%00b")).then().statusCode(404);
        workspace.request().get(preset).then().statusCode(404);
    }

    private void make(String export) throws IOException {
        Path file = Files.write(Files.createTempFile("export", ".mp4"), "0123456789".getBytes(StandardCharsets.UTF_8));
        store.put("exports/" + export + "/x.mp4", file, "video/mp4").await().atMost(SOON);
        Files.delete(file);
        execute(
                "update video_export set object_key = $2, media_type = 'video/mp4', size_bytes = 10, sha256 = $3,"
                        + " seconds = 4, width = 1920, height = 1080, ready_at = now() where id = $1",
                UUID.fromString(export),
                "exports/" + export + "/x.mp4",
                "b".repeat(64));
    }

    private void refuse(String body, String field) {
        workspace.json(body).post(exports()).then().statusCode(400).body("errors.field", hasItem(field));
    }

    private String exports() {
        return workspace.path("/render/jobs/" + render + "/exports");
    }

    private String order() {
        return workspace
                .json(HIGH_MP4)
                .post(exports())
                .then()
                .statusCode(202)
                .extract()
                .path("exports[0].export_id");
    }

    private int jobs() {
        return workspace
                .request()
                .get(workspace.path("/render/jobs?kind=export"))
                .then()
                .statusCode(200)
                .extract()
                .<List<String>>path("items.job_id")
                .size();
    }

    private String jobId() {
        return workspace
                .request()
                .get(workspace.path("/render/jobs?kind=export"))
                .path("items[0].job_id");
    }
}
