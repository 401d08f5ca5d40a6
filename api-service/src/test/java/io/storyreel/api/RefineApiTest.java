package io.storyreel.api;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.smallrye.mutiny.Uni;
import io.storyreel.common.project.ProjectStoryboards;
import io.storyreel.common.scene.SceneChanges;
import io.storyreel.common.scene.SceneVersions;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;

/** Refining scenes, their missing pictures and their history, over HTTP; the test is the worker. */
@QuarkusTest
@QuarkusTestResource(Backends.class)
@TestProfile(OtherSettings.class)
class RefineApiTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String PROMPT = "a lighthouse at night";
    private static final String IMAGE = "asset://sha256/" + "a".repeat(64) + ".png";
    private static final String OTHER_IMAGE = "asset://sha256/" + "b".repeat(64) + ".png";

    @Inject
    Pool pool;

    @Inject
    ProjectStoryboards storyboards;

    @Inject
    SceneVersions versions;

    @Inject
    SceneChanges changes;

    @Inject
    ReportingWorker worker;

    private final Workspace workspace = new Workspace();
    private String project;

    @BeforeEach
    void aProjectAndAPainter() {
        worker.report();
        worker.reportPainter(null);
        project = workspace.project();
    }

    @Test
    void a_new_description_is_there_at_once_and_costs_nothing() {
        refine("new_description", "The boats come home.  ")
                .post(refinement())
                .then()
                .statusCode(200)
                .body("job_id", equalTo(project))
                .body("approved", equalTo(false))
                .body("storyboard_data[0].description", equalTo("The boats come home."))
                .body("storyboard_data[0].image_url", equalTo("https://example.com/1.jpg"));

        assertThat(count("select count(*) from job where project_id = $1")).isZero();
        history(1)
                .body("items", hasSize(2))
                .body("items[0].current", equalTo(true))
                .body("items[0].refinement", equalTo(true))
                .body("items[0].description", equalTo("The boats come home."))
                .body("items[0].image_job_id", nullValue())
                .body("items[1].current", equalTo(false))
                .body("items[1].description", nullValue());
    }

    @Test
    void a_new_picture_is_waited_for() {
        CompletableFuture<JsonPath> waiting = CompletableFuture.supplyAsync(() -> refine("new_image_prompt", PROMPT)
                .queryParam("new_description", "The harbour at night")
                .post(refinement())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath());

        UUID job = await().atMost(SOON).until(this::pendingJob, found -> found != null);
        history(1).body("items[0].image_status", equalTo("pending")).body("items[1].current", equalTo(true));
        land(job, IMAGE);

        JsonPath answer = waiting.orTimeout(20, TimeUnit.SECONDS).join();
        assertThat(answer.getString("storyboard_data[0].image_url")).isEqualTo(IMAGE);
        assertThat(answer.getString("storyboard_data[0].image_prompt")).isEqualTo(PROMPT);
        assertThat(answer.getString("storyboard_data[0].description")).isEqualTo("The harbour at night");
        assertThat(answer.getBoolean("approved")).isFalse();
    }

    @Test
    void who_does_not_want_to_wait_is_told_where_to_look() {
        String location = draw(PROMPT)
                .statusCode(202)
                .header("Preference-Applied", "respond-async")
                .body("job_id", equalTo(project))
                .body("scene_number", equalTo(1))
                .body("status", equalTo("pending"))
                .body("progress_url", endsWith("/events"))
                .extract()
                .header("Location");

        workspace
                .request()
                .get(location)
                .then()
                .statusCode(200)
                .body("kind", equalTo("scene_image"))
                .body("cost.estimated", equalTo(0.02f));
        workspace
                .request()
                .get(workspace.path("/projects/" + project))
                .then()
                .body("approved", equalTo(true))
                .body("storyboard[0].image_url", equalTo("https://example.com/1.jpg"));
    }

    @Test
    void who_waits_too_long_is_told_that_the_work_goes_on() {
        refine("new_image_prompt", PROMPT)
                .post(refinement())
                .then()
                .statusCode(504)
                .body("code", equalTo("not_ready_in_time"))
                .body("image_job_id", equalTo(String.valueOf(pendingJob())));
    }

    @Test
    void a_picture_that_was_not_made_is_told_and_does_not_count() {
        CompletableFuture<JsonPath> waiting = CompletableFuture.supplyAsync(() -> refine("new_image_prompt", PROMPT)
                .post(refinement())
                .then()
                .statusCode(409)
                .extract()
                .jsonPath());
        UUID job = await().atMost(SOON).until(this::pendingJob, found -> found != null);
        execute(
                "update job set status = 'failed', error_code = 'content_refused', error_message = 'It is refused' where id = $1",
                job);

        JsonPath problem = waiting.orTimeout(20, TimeUnit.SECONDS).join();
        assertThat(problem.getString("code")).isEqualTo("picture_not_made");
        assertThat(problem.getString("error_code")).isEqualTo("content_refused");
        assertThat(problem.getString("image_job_id")).isEqualTo(job.toString());
        IntStream.range(0, 5).forEach(i -> draw(PROMPT).statusCode(202));
        draw(PROMPT).statusCode(429);
        history(1).body("items.find {it.image_status == 'failed'}.error_code", equalTo("content_refused"));
    }

    @Test
    void of_eight_refinements_at_once_five_are_accepted_and_none_is_lost() {
        List<ValidatableResponse> answers = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> refine("new_image_prompt", PROMPT + " " + i)
                        .header("Prefer", "respond-async")
                        .post(refinement(1 + i % 2))
                        .then()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        Map<Integer, Long> statuses = answers.stream()
                .collect(Collectors.groupingBy(answer -> answer.extract().statusCode(), Collectors.counting()));
        assertThat(statuses).isEqualTo(Map.of(202, 5L, 429, 3L));
        assertThat(count("select count(*) from job where project_id = $1")).isEqualTo(5);
        assertThat(count("select count(distinct image_wish) from scene_version where project_id = $1 and refinement"))
                .isEqualTo(5);
        assertThat(
                        count(
                                "select max(image_wish) - min(image_wish) from scene_version where project_id = $1 and refinement"))
                .as("numbered without gaps, but for what the other scene showed before")
                .isLessThanOrEqualTo(5);
        answers.stream().filter(answer -> answer.extract().statusCode() == 429).forEach(answer -> answer.body(
                        "code", equalTo("refined_too_often"))
                .body("detail", containsString("5 times")));
    }

    @Test
    void a_project_that_was_read_before_its_scene_was_refined_is_stale() {
        String tag =
                workspace.request().get(workspace.path("/projects/" + project)).header("ETag");
        refine("new_description", "The boats come home.")
                .post(refinement())
                .then()
                .statusCode(200);

        workspace
                .json("{\"approved\": true}")
                .header("If-Match", tag)
                .patch(workspace.path("/projects/" + project))
                .then()
                .statusCode(412);
    }

    @Test
    void what_a_change_of_the_whole_project_replaces_is_kept() {
        String tag =
                workspace.request().get(workspace.path("/projects/" + project)).header("ETag");
        workspace
                .json("{\"storyboard\": [" + Workspace.scene(1).replace("1.jpg", "new.jpg") + "]}")
                .header("If-Match", tag)
                .patch(workspace.path("/projects/" + project))
                .then()
                .statusCode(200);

        history(1)
                .body("items", hasSize(2))
                .body("items[0].current", equalTo(true))
                .body("items[0].version_id", nullValue())
                .body("items[0].image_url", equalTo("https://example.com/new.jpg"))
                .body("items[1].image_url", equalTo("https://example.com/1.jpg"));
    }

    @Test
    void a_former_version_is_taken_back_without_cost_and_without_counting() {
        UUID first = draw();
        land(first, IMAGE);
        UUID second = draw();
        land(second, OTHER_IMAGE);
        String former = version(first);

        workspace
                .request()
                .post(scene(1) + "/history/" + former + "/take")
                .then()
                .statusCode(200)
                .body("storyboard_data[0].image_url", equalTo(IMAGE));

        history(1).body("items", hasSize(3)).body("items.find {it.current}.version_id", equalTo(former));
        assertThat(count("select count(*) from scene_version where project_id = $1 and refinement"))
                .isEqualTo(2);
        String pending = version(draw());
        workspace
                .request()
                .post(scene(1) + "/history/" + pending + "/take")
                .then()
                .statusCode(409);
        workspace
                .request()
                .post(scene(2) + "/history/" + former + "/take")
                .then()
                .statusCode(404);
        workspace
                .request()
                .post(scene(1) + "/history/" + UUID.randomUUID() + "/take")
                .then()
                .statusCode(404);
    }

    @Test
    void the_history_comes_in_pages() {
        IntStream.range(0, 3).forEach(i -> draw());
        JsonPath first =
                history(1, "?limit=3").body("items", hasSize(3)).extract().jsonPath();
        JsonPath rest = history(1, "?limit=3&cursor=" + first.getString("next_cursor"))
                .body("items", hasSize(1))
                .body("next_cursor", nullValue())
                .extract()
                .jsonPath();

        assertThat(Stream.concat(
                                first.<String>getList("items.version_id").stream(),
                                rest.<String>getList("items.version_id").stream())
                        .distinct())
                .hasSize(4);
        assertThat(rest.getBoolean("items[0].current")).isTrue();
        history(2, "").body("items", hasSize(1)).body("items[0].current", equalTo(true));
    }

    @Test
    void missing_pictures_are_made_once_at_the_price_of_the_provider() {
        project = workspace
                .json(Workspace.storyboard(Workspace.scene(1) + ","
                        + "{\"scene_index\": 2, \"image_prompt\": \"" + PROMPT + "\", \"duration\": 2},"
                        + "{\"scene_index\": 5, \"image_prompt\": \"" + PROMPT + "\", \"duration\": 2}"))
                .post(workspace.path("/projects"))
                .path("id");
        JsonPath first = images(202)
                .header("Location", endsWith("/api/v2/jobs/" + project))
                .body("images.scene_number", equalTo(List.of(2, 5)))
                .extract()
                .jsonPath();

        assertThat(images(202).extract().jsonPath().getList("images.image_job_id"))
                .isEqualTo(first.getList("images.image_job_id"));
        assertThat(count("select count(*) from job where project_id = $1 and cost_reserved = 0.003"))
                .isEqualTo(2);
        land(UUID.fromString(first.getString("images[0].image_job_id")), IMAGE);
        images(202).body("images.scene_number", equalTo(List.of(5)));
        land(UUID.fromString(first.getString("images[1].image_job_id")), IMAGE);
        images(200).body("images", hasSize(0));
        assertThat(count("select count(*) from scene_version where project_id = $1 and refinement"))
                .isZero();
        workspace.request().get(workspace.path("/projects/" + project)).then().body("approved", equalTo(false));
    }

    @Test
    void nothing_is_accepted_over_budget() {
        workspace
                .json("{\"daily_limit\": 0.01, \"monthly_limit\": null}")
                .put(workspace.path("/budget"))
                .then()
                .statusCode(200);

        draw(PROMPT).statusCode(402).body("code", equalTo("over_budget")).body("needed", equalTo(0.02f));

        assertThat(count("select count(*) from scene_version where project_id = $1 and refinement"))
                .isZero();
    }

    @Test
    void names_the_setting_that_is_missing_when_nobody_makes_pictures() {
        worker.reportPainter("REPLICATE_API_TOKEN is not set: set it to your token");

        draw(PROMPT).statusCode(422).body("detail", containsString("REPLICATE_API_TOKEN"));
        refine("new_description", "The boats come home.")
                .post(refinement())
                .then()
                .statusCode(200);
    }

    @Test
    void waits_for_the_render_to_end_before_anything_changes() {
        workspace.render(project);

        draw(PROMPT).statusCode(409).body("code", equalTo("already_rendering"));
    }

    @Test
    void names_everything_that_is_wrong_with_a_request() {
        for (String number : List.of("0", "-1", "1000000000", "1e3", "", "%00", "3", "1.0", "٣")) {
            refuse("scene_number=" + number + "&new_description=long%20enough", "scene_number");
        }
        refuse("new_description=long%20enough", "scene_number");
        refuse("scene_number=1", "new_image_prompt");
        refuse("scene_number=1&new_image_prompt=", "new_image_prompt");
        refuse("scene_number=1&new_image_prompt=%20%20short%20%20%20%20", "new_image_prompt");
        refuse("scene_number=1&new_description=" + "x".repeat(1_001), "new_description");
        refuse("scene_number=1&new_image_prompt=" + "x".repeat(2_001), "new_image_prompt");
        refuse("scene_number=1&new_description=a%00bcdefghijkl", "new_description");
        refuse("scene_number=1&scene_number=2&new_description=long%20enough", "scene_number");
        workspace
                .request()
                .urlEncodingEnabled(false)
                .post("/api/v2/jobs/" + project + "/refine?scene_number=x&new_image_prompt=short")
                .then()
                .statusCode(400)
                .body("errors.field", hasItems("scene_number", "new_image_prompt"));
        assertThat(count("select count(*) from scene_version where project_id = $1"))
                .isZero();
        refine("new_image_prompt", "\uD83D\uDE00".repeat(2_000))
                .queryParam("new_description", "\uD83D\uDE00".repeat(1_000))
                .header("Prefer", "respond-async")
                .post(refinement())
                .then()
                .statusCode(202);
        refine("new_description", "\uD83D\uDE00".repeat(1_000))
                .post(refinement())
                .then()
                .statusCode(200);
        refine("new_description", "שלום עולם \uD83D\uDE00")
                .post(refinement())
                .then()
                .statusCode(200);
    }

    @Test
    void what_is_not_there_or_not_the_callers_is_not_found() {
        Workspace other = new Workspace();
        String version = UUID.randomUUID().toString();
        for (String path : List.of(
                "/refine?scene_number=1&new_description=long%20enough",
                "/images", "/scenes/1/history/" + version + "/take")) {
            other.request()
                    .urlEncodingEnabled(false)
                    .post("/api/v2/jobs/" + project + path)
                    .then()
                    .statusCode(404);
            RestAssured.given()
                    .urlEncodingEnabled(false)
                    .post("/api/v2/jobs/" + project + path)
                    .then()
                    .statusCode(401);
        }
        other.request().get(scene(1) + "/history").then().statusCode(404);
        RestAssured.get(scene(1) + "/history").then().statusCode(401);
        for (String number : List.of("0", "-1", "3", "1000000000", "1e3", "%00", "..%2f1", "x")) {
            workspace
                    .request()
                    .urlEncodingEnabled(false)
                    .get("/api/v2/jobs/" + project + "/scenes/" + number + "/history")
                    .then()
                    .statusCode(oneOf(400, 404));
        }
        for (String id : List.of("x", "%00", "..%2f" + project)) {
            workspace
                    .request()
                    .urlEncodingEnabled(false)
                    .post("/api/v2/jobs/" + id + "/images")
                    .then()
                    .statusCode(oneOf(400, 404));
        }
        workspace.request().get(scene(1) + "/history?limit=0").then().statusCode(400);
        workspace.request().get(scene(1) + "/history?cursor=x").then().statusCode(400);
        workspace.request().get("/api/v2/jobs/" + project + "/images").then().statusCode(405);
    }

    private void refuse(String query, String field) {
        workspace
                .request()
                .urlEncodingEnabled(false)
                .post("/api/v2/jobs/" + project + "/refine?" + query)
                .then()
                .statusCode(400)
                .body("errors.field", hasItem(field));
    }

    private RequestSpecification refine(String parameter, String text) {
        return workspace.request().queryParam(parameter, text);
    }

    private String refinement() {
        return refinement(1);
    }

    private String refinement(int scene) {
        return "/api/v2/jobs/" + project + "/refine?scene_number=" + scene;
    }

    private String scene(int number) {
        return "/api/v2/jobs/" + project + "/scenes/" + number;
    }

    private ValidatableResponse draw(String prompt) {
        return refine("new_image_prompt", prompt)
                .header("Prefer", "respond-async")
                .post(refinement())
                .then();
    }

    private UUID draw() {
        return UUID.fromString(draw(PROMPT).statusCode(202).extract().path("image_job_id"));
    }

    private ValidatableResponse images(int status) {
        return workspace
                .request()
                .post("/api/v2/jobs/" + project + "/images")
                .then()
                .statusCode(status);
    }

    private ValidatableResponse history(int scene) {
        return history(scene, "");
    }

    private ValidatableResponse history(int scene, String query) {
        return workspace.request().get(scene(scene) + "/history" + query).then().statusCode(200);
    }

    private String version(UUID job) {
        return row("select id from scene_version where job_id = $1", job)
                .getUUID("id")
                .toString();
    }

    private UUID pendingJob() {
        var rows = done(pool.preparedQuery("select id from job where project_id = $1 and status = 'pending'")
                .execute(Tuple.of(UUID.fromString(project))));
        List<UUID> found = StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.getUUID(0))
                .toList();
        return found.isEmpty() ? null : found.get(0);
    }

    /** As a worker does it. */
    private void land(UUID job, String url) {
        UUID id = UUID.fromString(project);
        UUID version = UUID.fromString(version(job));
        done(pool.withTransaction((SqlConnection transaction) -> storyboards
                .lock(transaction, List.of(workspace.id), id)
                .chain(locked -> versions.find(transaction, id, version)
                        .chain(found -> changes.land(transaction, locked, found, url)))));
        execute("update job set status = 'completed', completed_at = now() where id = $1", job);
    }

    private long count(String sql) {
        return ((Number) row(sql, UUID.fromString(project)).getValue(0)).longValue();
    }

    private Row row(String sql, Object... values) {
        return done(pool.preparedQuery(sql).execute(Tuple.from(values)))
                .iterator()
                .next();
    }

    private void execute(String sql, Object... values) {
        done(pool.preparedQuery(sql).execute(Tuple.from(values)));
    }

    private static <T> T done(Uni<T> call) {
        return call.await().atMost(SOON);
    }
}
