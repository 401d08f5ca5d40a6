package io.storyreel.api;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

@QuarkusTest
@QuarkusTestResource(Backends.class)
class IdempotencyApiTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String REPLAYED = "Idempotent-Replayed";

    /** What is left behind by an instance that died after the work and before it could keep the answer. */
    private static final String DIE_BEFORE_ANSWERING =
            "update keyed_request set answer = null, held_until = clock_timestamp()";

    @Inject
    Pool database;

    @Inject
    ReportingWorker worker;

    private final Workspace workspace = new Workspace();
    private final String key = UUID.randomUUID().toString();

    @BeforeEach
    void someWorkerHasReported() {
        worker.report();
        sql("delete from keyed_request");
    }

    @Test
    void a_repeated_render_gets_the_first_answer_and_is_one_job() {
        String project = workspace.project();

        Response first = render(project);
        Response again = render(project);

        first.then().statusCode(202);
        assertThat(first.header(REPLAYED)).isNull();
        again.then().statusCode(202).header(REPLAYED, "true").header("Location", first.header("Location"));
        assertThat(again.asString()).isEqualTo(first.asString());
        assertThat(again.contentType()).isEqualTo(first.contentType());
        expectJobs(1);
    }

    @Test
    void a_repeated_project_is_the_same_with_address_and_entity_tag() {
        Response first = create("A harbour");
        Response again = create("A harbour");

        again.then()
                .statusCode(201)
                .header(REPLAYED, "true")
                .header("Location", first.header("Location"))
                .header("ETag", first.header("ETag"));
        assertThat(again.asString()).isEqualTo(first.asString());
        expectProjects(1);
    }

    @Test
    void of_twenty_at_once_one_is_carried_out() {
        String project = workspace.project();

        List<HttpResponse<String>> answers = IntStream.range(0, 20)
                .mapToObj(i -> Wire.postJson(workspace, "/render/" + project, "{}", "Idempotency-Key", key))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(answers)
                .extracting(HttpResponse::statusCode)
                .containsOnly(202, 409)
                .contains(202);
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 409).allSatisfy(answer -> {
            assertThat(answer.body()).contains("idempotency_key_in_use");
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        });
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 202)
                .extracting(HttpResponse::body)
                .containsOnly(render(project).asString());
        expectJobs(1);
    }

    @Test
    void a_key_stands_for_one_request_only() {
        String project = workspace.project();
        render(project).then().statusCode(202);

        expectReused(workspace.json("{\"provider\": \"mock\"}"), "/render/" + project);
        expectReused(workspace.json("{}"), "/render/" + workspace.project());
        expectReused(workspace.json("{}"), "/projects");
        expectJobs(1);
    }

    private void expectReused(RequestSpecification request, String path) {
        request.header("Idempotency-Key", key)
                .post(workspace.path(path))
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("code", equalTo("idempotency_key_reused"));
    }

    @Test
    void nobody_gets_the_answer_of_another_workspace_or_subject() {
        String mine = create("A harbour").path("id");
        Workspace other = new Workspace();
        String theirs = other.json(Workspace.storyboard(Workspace.scene(1)))
                .header("Idempotency-Key", key)
                .post(other.path("/projects"))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        String colleagues = RestAssured.given()
                .auth()
                .oauth2(workspace.tokenOf("somebody else"))
                .contentType("application/json")
                .body(Workspace.storyboard(Workspace.scene(1)))
                .header("Idempotency-Key", key)
                .post(workspace.path("/projects"))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        assertThat(List.of(mine, theirs, colleagues)).doesNotHaveDuplicates();
    }

    @Test
    void what_an_instance_made_before_it_died_is_found_and_not_made_again() {
        String project = workspace.project();
        String job = render(project).path("job_id");
        String endpoint = webhook().path("id");
        String secret = sqlText("select secret from webhook_endpoint where id = '" + endpoint + "'");
        sql(DIE_BEFORE_ANSWERING);
        sql("update video_project set approved = false");

        render(project).then().statusCode(202).header(REPLAYED, "true").body("job_id", equalTo(job));
        webhook()
                .then()
                .statusCode(201)
                .header(REPLAYED, "true")
                .body("id", equalTo(endpoint))
                .body("secret", equalTo(secret));
        expectJobs(1);
        workspace.request().get(workspace.path("/webhooks")).then().body("items", hasSize(1));
    }

    @Test
    void a_secret_is_changed_once_though_the_instance_died() {
        String endpoint = webhook().path("id");
        String rotated = rotate(endpoint).path("secret");
        sql(DIE_BEFORE_ANSWERING);

        rotate(endpoint).then().statusCode(200).header(REPLAYED, "true").body("secret", equalTo(rotated));
        assertThat(rotateDefault().header(REPLAYED)).isNull();
        String ofProjects = rotateDefault().path("secret");
        sql(DIE_BEFORE_ANSWERING);
        rotateDefault().then().statusCode(200).header(REPLAYED, "true").body("secret", equalTo(ofProjects));
    }

    private Response rotate(String endpoint) {
        return keyed(workspace.request()).post(workspace.path("/webhooks/" + endpoint + "/rotate"));
    }

    private Response rotateDefault() {
        return workspace
                .request()
                .header("Idempotency-Key", "default " + key)
                .post(workspace.path("/webhooks/default-secret/rotate"));
    }

    @Test
    void what_an_instance_had_not_made_when_it_died_is_made_once() {
        String project = workspace.project();
        String job = render(project).path("job_id");
        sql("delete from job_event where job_id = '" + job + "'");
        sql("delete from job where id = '" + job + "'");
        sql(DIE_BEFORE_ANSWERING);

        render(project).then().statusCode(202).body("job_id", equalTo(job));
        render(project).then().statusCode(202).header(REPLAYED, "true").body("job_id", equalTo(job));
        expectJobs(1);
    }

    @Test
    void a_dead_instance_is_waited_for_as_long_as_it_may_be_alive() {
        String project = workspace.project();
        render(project).then().statusCode(202);
        sql("update keyed_request set answer = null, held_until = clock_timestamp() + interval '7 seconds'");

        render(project)
                .then()
                .statusCode(409)
                .body("code", equalTo("idempotency_key_in_use"))
                .header("Retry-After", equalTo("7"));
    }

    @Test
    void a_refused_request_leaves_its_key_free_for_a_better_one() {
        create("").then().statusCode(400);
        create("A harbour").then().statusCode(201);
    }

    @Test
    void a_key_is_forgotten_after_its_time() {
        String first = create("A harbour").path("id");
        sql("update keyed_request set expires_at = clock_timestamp()");
        Response second = create("A harbour");

        second.then().statusCode(201);
        assertThat(second.header(REPLAYED)).isNull();
        assertThat(second.<String>path("id")).isNotEqualTo(first);
    }

    @Test
    void an_answer_that_is_too_large_to_keep_is_made_of_what_there_is() {
        Random random = new Random(1);
        String lines = IntStream.range(0, 60)
                .mapToObj(i -> "{\"text\": \"" + letters(random, 4_000) + "\"}")
                .collect(Collectors.joining(","));
        String scenes = IntStream.rangeClosed(1, 60).mapToObj(Workspace::scene).collect(Collectors.joining(","));
        String body = "{\"title\": \"Long\", \"storyboard\": [" + scenes + "], \"script\": [" + lines + "]}";

        Response first = keyed(workspace.json(body)).post(workspace.path("/projects"));
        Response again = keyed(workspace.json(body)).post(workspace.path("/projects"));

        first.then().statusCode(201);
        again.then().statusCode(201).header(REPLAYED, "true");
        assertThat(again.asString()).isEqualTo(first.asString());
        expectProjects(1);
    }

    private static String letters(Random random, int count) {
        return random.ints(count, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void secrets_are_shown_again_to_the_owner_of_the_key_and_are_not_to_be_read_in_the_table() {
        Response first = webhook();
        Response again = webhook();

        assertThat(again.<String>path("secret")).isNotNull().isEqualTo(first.path("secret"));
        assertThat(sqlText("select encode(answer, 'escape') from keyed_request where answer is not null"))
                .doesNotContain("whsec", "93.184");
    }

    @Test
    void an_upload_is_known_by_its_content() {
        Response first = upload("picture.png", 1);
        Response again = upload("another name.png", 1);
        Response other = upload("picture.png", 2);

        first.then().statusCode(201);
        again.then().statusCode(201).header(REPLAYED, "true").body("asset_url", equalTo(first.path("asset_url")));
        other.then().statusCode(409).body("code", equalTo("idempotency_key_reused"));
    }

    private Response upload(String name, int content) {
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 0, 0, 0, 0, 0, (byte) content};
        return keyed(workspace.request()).multiPart("file", name, png).post(workspace.path("/assets"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ü", "a\tb"})
    void keys_are_printable_ascii(String bad) {
        expectBadKey(workspace.json("{}").header("Idempotency-Key", bad));
    }

    @Test
    void keys_are_not_long_and_not_doubled() {
        expectBadKey(workspace.json("{}").header("Idempotency-Key", "k".repeat(256)));
        expectBadKey(workspace.json("{}").header("Idempotency-Key", "a").header("Idempotency-Key", "b"));
        workspace
                .json(Workspace.storyboard(Workspace.scene(1)))
                .header("Idempotency-Key", "k".repeat(255))
                .post(workspace.path("/projects"))
                .then()
                .statusCode(201);
    }

    private void expectBadKey(RequestSpecification request) {
        request.post(workspace.path("/projects"))
                .then()
                .statusCode(400)
                .body("errors.field", hasItems("Idempotency-Key"))
                .body("detail", containsString("Idempotency-Key"));
    }

    private RequestSpecification keyed(RequestSpecification request) {
        return request.header("Idempotency-Key", key);
    }

    private Response render(String project) {
        return keyed(workspace.json("{}")).post(workspace.path("/render/" + project));
    }

    private Response create(String title) {
        String body = "{\"title\": \"" + title + "\", \"storyboard\": [" + Workspace.scene(1) + "]}";
        return keyed(workspace.json(body)).post(workspace.path("/projects"));
    }

    private Response webhook() {
        return workspace
                .json("{\"url\": \"https://93.184.215.14/told\"}")
                .header("Idempotency-Key", "webhook " + key)
                .post(workspace.path("/webhooks"));
    }

    private void expectJobs(int count) {
        workspace.request().get(workspace.path("/render/jobs")).then().body("items", hasSize(count));
    }

    private void expectProjects(int count) {
        workspace.request().get(workspace.path("/projects")).then().body("items", hasSize(count));
    }

    private void sql(String statement) {
        database.query(statement).execute().await().atMost(SOON);
    }

    private String sqlText(String query) {
        return database.query(query)
                .execute()
                .await()
                .atMost(SOON)
                .iterator()
                .next()
                .getString(0);
    }
}
