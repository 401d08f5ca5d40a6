package io.storyreel.api;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import static io.storyreel.api.Workspace.scene;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
@QuarkusTestResource(Backends.class)
class StoryboardApiTest {
    private static final String JOBS = "/api/v2/jobs";
    private static final String TWO_SCENES =
            "{\"title\": \"A test\", \"style\": \"noir\", \"storyboard\": [" + scene(1) + "," + scene(2) + "]}";
    private static final String NO_PICTURE = "{\"title\": \"A test\", \"storyboard\": [" + scene(1)
            + ", {\"scene_index\": 2, \"image_prompt\": \"a harbour at dawn\", \"duration\": 2}]}";

    @Inject
    ReportingWorker worker;

    @Inject
    FinishedRender renders;

    private final Workspace workspace = new Workspace();

    @BeforeEach
    void someWorkerHasReported() {
        worker.report();
    }

    @Test
    void a_job_is_created_in_the_workspace_of_the_token() {
        String location = workspace
                .json(TWO_SCENES)
                .post(JOBS)
                .then()
                .statusCode(201)
                .body("workspace_id", equalTo(workspace.id.toString()))
                .body("job_id", notNullValue())
                .body("storyboard", hasSize(2))
                .body("version", equalTo(0))
                .extract()
                .header("Location");

        workspace.request().get(location).then().statusCode(200).body("status", equalTo("storyboard_ready"));
    }

    @Test
    void a_token_of_several_workspaces_has_to_say_which_is_meant() {
        Workspace other = new Workspace();
        String token = workspace.tokenWith(other);

        as(token)
                .body(TWO_SCENES)
                .post(JOBS)
                .then()
                .statusCode(400)
                .body("errors.field", equalTo(List.of("workspace_id")));
        as(token)
                .body(TWO_SCENES)
                .post(JOBS + "?workspace_id=" + other.id)
                .then()
                .statusCode(201)
                .body("workspace_id", equalTo(other.id.toString()));
        as(token)
                .body(TWO_SCENES)
                .post(JOBS + "?workspace_id=" + UUID.randomUUID())
                .then()
                .statusCode(404);
        as(token)
                .body(TWO_SCENES)
                .post(JOBS + "?workspace_id=" + other.id + "&workspace_id=" + other.id)
                .then()
                .statusCode(400)
                .body("errors.field", equalTo(List.of("workspace_id")));
        for (String bad : List.of("", "x", "%00", "..%2F", "1e3", "%F0%9F%8E%AC")) {
            as(token)
                    .body(TWO_SCENES)
                    .post(JOBS + "?workspace_id=" + bad)
                    .then()
                    .statusCode(400)
                    .body("errors.field", equalTo(List.of("workspace_id")));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{}",
                "{\"title\": \"x\"}",
                "{\"title\": 3, \"storyboard\": []}",
                "{\"title\": \"\\u0000\", \"storyboard\": []}",
                "{\"title\": \"x\", \"storyboard\": [{}]}",
                "{\"title\": \"x\", \"storyboard\": [null]}",
                "{\"title\": \"x\", \"scenes\": []}",
                "{\"title\": \"x\", \"storyboard\": [{\"scene_index\": \"1e3\", \"duration\": 1}]}",
                "{\"title\": \"x\", \"storyboard\": [{\"scene_index\": 0, \"duration\": 1, \"image_url\": \"https://e.com/a\"}]}"
            })
    void what_is_no_project_is_no_job(String body) {
        workspace.json(body).post(JOBS).then().statusCode(400).contentType("application/problem+json");
    }

    @Test
    void says_how_far_a_job_is_from_the_first_picture_to_the_video() {
        String unfinished = create(NO_PICTURE);
        get(unfinished)
                .body("status", equalTo("pending"))
                .body("progress.current_stage", equalTo("images"))
                .body("progress.message", containsString("1 of 2"))
                .body("video_url", nullValue());
        String job = create(TWO_SCENES);
        get(job).body("job_id", equalTo(job))
                .body(
                        "keySet()",
                        containsInAnyOrder(
                                "job_id",
                                "status",
                                "approved",
                                "storyboard_data",
                                "progress",
                                "estimated_cost",
                                "actual_cost",
                                "video_url",
                                "error",
                                "retry_count"))
                .body(
                        "progress.keySet()",
                        containsInAnyOrder(
                                "current_stage",
                                "message",
                                "scenes_total",
                                "scenes_completed",
                                "current_scene",
                                "estimated_completion_seconds"))
                .body("status", equalTo("storyboard_ready"))
                .body("approved", equalTo(false))
                .body("storyboard_data.scene_index", equalTo(List.of(1, 2)))
                .body("progress.current_stage", equalTo("approval"))
                .body("estimated_cost", equalTo(0.0f))
                .body("actual_cost", nullValue());
        String render = approve(job);
        get(job).body("status", equalTo("rendering")).body("progress.current_stage", equalTo("queue"));
        renders.run(render, "animate", 2);
        get(job).body("progress.current_stage", equalTo("animate"))
                .body("progress.scenes_total", equalTo(2))
                .body("progress.scenes_completed", equalTo(1))
                .body("progress.current_scene", equalTo(2));
        renders.complete(render, new byte[] {1});
        get(job).body("status", equalTo("completed"))
                .body("progress.scenes_completed", equalTo(2))
                .body("progress.estimated_completion_seconds", equalTo(0))
                .body("video_url", endsWith("/api/v2/jobs/" + job + "/video"))
                .body("actual_cost", equalTo(0.5f))
                .body("retry_count", equalTo(2));
    }

    @Test
    void renders_with_the_priority_that_the_approval_names() {
        String render = approval(create(TWO_SCENES), "{\"priority\": \"high\"}")
                .statusCode(200)
                .extract()
                .path("render_job_id");

        workspace.request().get(workspace.path("/render/jobs/" + render)).then().body("priority", equalTo("high"));
    }

    @Test
    void says_why_a_job_failed() {
        String job = create(TWO_SCENES);
        String render = approve(job);
        renders.run(render, "prepare", 1);
        renders.fail(render, 2, "storyboard[scene_index=2].image_url: secret.example.com does not answer");

        get(job).body("status", equalTo("failed"))
                .body("error.code", equalTo("unusable_image"))
                .body("error.message", containsString("secret.example.com"))
                .body("progress.current_stage", equalTo("failed"));
        metadata(job)
                .body("scenes.failed", equalTo(1))
                .body("scenes.details.status", equalTo(List.of("ready", "failed")))
                .body("error.code", equalTo("unusable_image"))
                .body("error.message", not(containsString("secret")));
    }

    @Test
    void the_entity_tag_changes_with_the_job_and_only_then() {
        String job = create(TWO_SCENES);
        String tag = get(job).extract().header("ETag");

        workspace
                .request()
                .header("If-None-Match", tag)
                .get(JOBS + "/" + job)
                .then()
                .statusCode(304)
                .header("ETag", tag);
        approve(job);
        workspace
                .request()
                .header("If-None-Match", "\"x\", " + tag)
                .get(JOBS + "/" + job)
                .then()
                .statusCode(200)
                .header("ETag", not(tag));
    }

    @Test
    void approving_starts_the_render() {
        String job = create(TWO_SCENES);

        String render = approve(job);

        get(job).body("approved", equalTo(true));
        workspace
                .request()
                .get(workspace.path("/render/jobs/" + render))
                .then()
                .statusCode(200)
                .body("project_id", equalTo(job));
        approval(job, "{}").statusCode(409).body("code", equalTo("already_rendering"));
        workspace
                .request()
                .get(workspace.path("/projects/" + job))
                .then()
                .body("approved_at", notNullValue())
                .body("version", equalTo(1));
    }

    @Test
    void a_render_that_is_refused_leaves_the_storyboard_unapproved() {
        String incomplete = create(NO_PICTURE);
        approval(incomplete, "{}")
                .statusCode(422)
                .body("code", equalTo("storyboard_incomplete"))
                .body("errors.field", hasItem("storyboard[scene_index=2].image_url"));
        String job = create(TWO_SCENES);
        approval(job, "{\"provider\": \"runway\"}").statusCode(422).body("code", equalTo("unusable_provider"));
        approval(job, "{\"provider\": \"\\u0000\"}").statusCode(422);
        approval(job, "{\"plan_digest\": \"x\"}").statusCode(400);
        approval(job, "{\"priority\": \"urgent\"}").statusCode(400);
        approval(job, "{\"approved\": true}").statusCode(400);
        approval(job, "[]").statusCode(400);
        workspace
                .json("{\"daily_limit\": 0.01, \"monthly_limit\": null}")
                .put(workspace.path("/budget"))
                .then()
                .statusCode(200);
        approval(job, "{\"provider\": \"replicate\"}").statusCode(402).body("code", equalTo("over_budget"));

        for (String one : List.of(incomplete, job)) {
            get(one).body("approved", equalTo(false)).body("status", not("rendering"));
        }
        workspace.request().get(workspace.path("/projects/" + job)).then().body("version", equalTo(0));
        approve(job);
    }

    @Test
    void approves_only_what_its_author_has_seen() {
        String job = create(TWO_SCENES);
        String seen = get(job).extract().header("ETag");
        workspace
                .request()
                .header("If-Match", "\"0\"")
                .contentType(ContentType.JSON)
                .body("{\"aspect_ratio\": \"9:16\", \"storyboard\": [" + scene(1) + "]}")
                .patch(workspace.path("/projects/" + job))
                .then()
                .statusCode(200);

        workspace
                .request()
                .contentType(ContentType.JSON)
                .header("If-Match", seen)
                .post(JOBS + "/" + job + "/approve")
                .then()
                .statusCode(412)
                .body("code", equalTo("stale_version"));
        get(job).body("approved", equalTo(false));
        workspace
                .request()
                .contentType(ContentType.JSON)
                .header("If-Match", get(job).extract().header("ETag"))
                .post(JOBS + "/" + job + "/approve")
                .then()
                .statusCode(200);
    }

    @Test
    void metadata_needs_no_token_and_tells_nothing_of_the_story() {
        String job = create(TWO_SCENES);
        String body = metadata(job)
                .body(
                        "keySet()",
                        containsInAnyOrder(
                                "job_id",
                                "status",
                                "created_at",
                                "updated_at",
                                "approved",
                                "approved_at",
                                "scenes",
                                "costs",
                                "metrics",
                                "video",
                                "error"))
                .body("job_id", equalTo(job))
                .body("approved", equalTo(false))
                .body("approved_at", nullValue())
                .body("scenes.total", equalTo(2))
                .body("scenes.completed", equalTo(0))
                .body("scenes.failed", equalTo(0))
                .body("scenes.details[1].scene_number", equalTo(2))
                .body("scenes.details[1].duration", equalTo(2.0f))
                .body("scenes.details[1].has_image", equalTo(true))
                .body("costs.currency", equalTo("USD"))
                .body("metrics.download_count", equalTo(0))
                .body("video.available", equalTo(false))
                .body("video.url", nullValue())
                .body("video.parameters.duration", equalTo(4.0f))
                .body("video.parameters.aspect_ratio", equalTo("16:9"))
                .body("video.parameters.style", equalTo("noir"))
                .extract()
                .asString();

        assertThat(body).doesNotContain("A test", "example.com", workspace.id.toString());
        RestAssured.given()
                .header("Authorization", "Bearer rubbish")
                .get(JOBS + "/" + job + "/metadata")
                .then()
                .statusCode(200);
        RestAssured.get(JOBS + "/" + UUID.randomUUID() + "/metadata").then().statusCode(404);
    }

    @Test
    void nobody_else_finds_a_job() {
        String job = create(TWO_SCENES);
        RequestSpecification stranger = new Workspace().request();
        for (String path : List.of("", "/video", "/poster", "/captions")) {
            RestAssured.given(stranger).get(JOBS + "/" + job + path).then().statusCode(404);
            RestAssured.get(JOBS + "/" + job + path).then().statusCode(401);
            RestAssured.given()
                    .auth()
                    .oauth2(workspace.token(Duration.ofHours(-1)))
                    .get(JOBS + "/" + job + path)
                    .then()
                    .statusCode(401);
        }
        for (String path : List.of("/approve", "/reorder?scene_order=1&scene_order=2")) {
            RestAssured.given(stranger)
                    .contentType(ContentType.JSON)
                    .post(JOBS + "/" + job + path)
                    .then()
                    .statusCode(404);
            RestAssured.given()
                    .contentType(ContentType.JSON)
                    .post(JOBS + "/" + job + path)
                    .then()
                    .statusCode(401);
        }
        RestAssured.given().contentType(ContentType.JSON).post(JOBS).then().statusCode(401);
        RestAssured.get("/api/videos/" + job + "/data").then().statusCode(401);
        RestAssured.given(stranger).get("/api/videos/" + job + "/data").then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "0", "-1", "1e3", "%00", "%2e%2e%2f", "..%2f..%2fetc", "%F0%9F%8E%AC", "null"})
    void what_is_no_id_is_no_job(String id) {
        for (String path : List.of("", "/metadata", "/video", "/poster", "/captions", "/export")) {
            assertRefused(workspace
                    .request()
                    .urlEncodingEnabled(false)
                    .get(JOBS + "/" + id + path)
                    .statusCode());
        }
        for (String path : List.of("/approve", "/reorder?scene_order=1&scene_order=2")) {
            assertRefused(workspace
                    .request()
                    .contentType(ContentType.JSON)
                    .urlEncodingEnabled(false)
                    .post(JOBS + "/" + id + path)
                    .statusCode());
        }
        assertRefused(workspace
                .request()
                .urlEncodingEnabled(false)
                .get("/api/videos/" + id + "/data")
                .statusCode());
    }

    private static void assertRefused(int status) {
        assertThat(status).isIn(400, 404);
    }

    private RequestSpecification as(String token) {
        return RestAssured.given()
                .auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .urlEncodingEnabled(false);
    }

    private String create(String body) {
        return workspace.json(body).post(JOBS).then().statusCode(201).extract().path("job_id");
    }

    private ValidatableResponse get(String job) {
        return workspace.request().get(JOBS + "/" + job).then().statusCode(200);
    }

    private static ValidatableResponse metadata(String job) {
        return RestAssured.get(JOBS + "/" + job + "/metadata").then().statusCode(200);
    }

    private String approve(String job) {
        return workspace
                .json("{}")
                .post(JOBS + "/" + job + "/approve")
                .then()
                .statusCode(200)
                .body("status", equalTo("rendering_started"))
                .body("job_id", equalTo(job))
                .extract()
                .path("render_job_id");
    }

    private ValidatableResponse approval(String job, String body) {
        return workspace.json(body).post(JOBS + "/" + job + "/approve").then();
    }
}
