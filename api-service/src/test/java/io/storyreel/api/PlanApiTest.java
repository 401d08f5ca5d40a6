package io.storyreel.api;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.storyreel.common.provider.ClipOrder;
import io.storyreel.common.provider.ProviderHealth;
import io.storyreel.common.provider.ProviderHealth.Circuit;
import io.storyreel.common.provider.ProviderHealth.LastError;
import io.storyreel.common.provider.ProviderOffers;
import io.storyreel.common.provider.ProviderStates;
import io.storyreel.common.storage.ObjectKeys;
import io.storyreel.common.storage.ObjectStore;
import io.storyreel.common.storyboard.AssetReference;
import io.storyreel.common.storyboard.StoryboardJson;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
@QuarkusTestResource(Backends.class)
class PlanApiTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String REPLICATE = "{\"provider\": \"replicate\"}";
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 0, 1, 2, 3, 4};
    private static final String SHA = "ab".repeat(32);

    @Inject
    ReportingWorker worker;

    @Inject
    ProviderStates states;

    @Inject
    ObjectStore objects;

    @Inject
    Pool pool;

    @TempDir
    Path directory;

    private final Workspace workspace = new Workspace();

    @BeforeEach
    void someWorkerHasReported() {
        worker.report();
    }

    @Test
    void plans_a_paid_render_scene_by_scene_and_buys_nothing() {
        JsonPath plan = plan(workspace.project(), REPLICATE);

        assertThat(plan.getList("scenes.scene_index")).isEqualTo(List.of(1, 2));
        assertThat(plan.getList("scenes.decision")).isEqualTo(List.of("new", "new"));
        assertThat(plan.getList("scenes.clips")).isEqualTo(List.of(1, 1));
        assertThat(plan.getFloat("total")).isEqualTo(0.4f);
        assertThat(plan.getString("currency")).isEqualTo("USD");
        workspace.request().get(workspace.path("/render/jobs")).then().body("items.size()", equalTo(0));
    }

    @Test
    void plans_alike_as_long_as_nothing_changes() {
        String project = workspace.project();
        assertThat(plan(project, REPLICATE).getString("digest"))
                .isEqualTo(plan(project, REPLICATE).getString("digest"))
                .isNotEqualTo(plan(project, "{\"provider\": \"replicate\", \"fallback\": [\"local\"]}")
                        .getString("digest"));
    }

    @Test
    void plans_free_scenes_and_whole_videos() {
        String project = workspace.project();
        JsonPath local = plan(project, "{}");
        assertThat(local.getList("scenes.decision")).isEqualTo(List.of("free", "free"));
        assertThat(local.getFloat("total")).isZero();
        JsonPath mock = plan(project, "{\"provider\": \"mock\"}");
        assertThat(mock.getList("scenes")).hasSize(1);
        assertThat(mock.getString("scenes[0].scene_index")).isNull();
    }

    @Test
    void a_price_that_nobody_has_set_is_not_zero() {
        JsonPath plan = plan(workspace.project(), "{\"provider\": \"custom\"}");

        assertThat(plan.getString("scenes[0].decision")).isEqualTo("new");
        assertThat(plan.getString("scenes[0].cost")).isNull();
        assertThat(plan.getString("total")).isNull();
        assertThat(plan.getString("unpriced")).contains("STORYREEL_CUSTOM_PRICE_PER_SECOND");
    }

    @Test
    void counts_what_the_voices_cost_but_not_where_the_provider_speaks_itself() {
        String project = workspace
                .json("{\"title\": \"A test\", \"approved\": true, \"storyboard\": [" + Workspace.scene(1)
                        + "], \"script\": [{\"text\": \"" + "a".repeat(1_000) + "\"}]}")
                .post(workspace.path("/projects"))
                .path("id");

        assertThat(plan(project, "{}").getFloat("speech")).isEqualTo(0.015f);
        assertThat(plan(project, "{\"provider\": \"mock\"}").getFloat("speech")).isZero();
        String job = workspace.render(project);
        workspace.request().get(workspace.path("/render/jobs/" + job)).then().body("cost.estimated", equalTo(0.02f));
    }

    @Test
    void does_not_buy_a_clip_again_that_the_workspace_has_bought() throws IOException {
        String project = workspace.project();
        String other = workspace.project();
        fetchedBefore(project, "https://example.com/1.jpg");
        boughtBefore(project, workspace.id);

        JsonPath plan = plan(project, REPLICATE);

        assertThat(plan.getList("scenes.decision")).isEqualTo(List.of("reuse", "new"));
        assertThat(plan.getFloat("total")).isEqualTo(0.2f);
        assertThat(plan.getFloat("at_most"))
                .as("the address may show another picture by now")
                .isEqualTo(0.4f);
        assertThat(plan(other, REPLICATE).getList("scenes.decision"))
                .as("another project's address may show another picture")
                .isEqualTo(List.of("new", "new"));
    }

    @Test
    void counts_on_a_clip_only_if_its_picture_cannot_change_and_its_file_is_there() throws IOException {
        String picture = workspace
                .request()
                .multiPart("file", "a.png", PNG)
                .post(workspace.path("/assets"))
                .then()
                .statusCode(201)
                .extract()
                .path("asset_url");
        String project = workspace
                .json(Workspace.storyboard("{\"scene_index\": 1, \"image_url\": \"" + picture + "\", \"duration\": 2}"))
                .post(workspace.path("/projects"))
                .path("id");
        String key = boughtBefore(
                project, workspace.id, AssetReference.parse(picture).sha256());

        JsonPath reused = plan(project, REPLICATE);
        assertThat(reused.getString("scenes[0].decision")).isEqualTo("reuse");
        assertThat(reused.getFloat("at_most")).isZero();

        objects.delete(key).await().atMost(SOON);
        JsonPath gone = plan(project, REPLICATE);
        assertThat(gone.getString("scenes[0].decision")).isEqualTo("new");
        assertThat(gone.getFloat("total")).isEqualTo(0.2f);
    }

    @Test
    void reserves_what_a_render_may_cost_if_a_picture_has_changed() throws IOException {
        String project = workspace.project();
        fetchedBefore(project, "https://example.com/1.jpg");
        fetchedBefore(project, "https://example.com/2.jpg");
        boughtBefore(project, workspace.id);
        assertThat(plan(project, REPLICATE).getFloat("total")).isZero();
        workspace
                .json("{\"daily_limit\": 0.39, \"monthly_limit\": null}")
                .put(workspace.path("/budget"))
                .then()
                .statusCode(200);
        workspace
                .json(REPLICATE)
                .post(workspace.path("/render/" + project))
                .then()
                .statusCode(402)
                .body("needed", equalTo(0.4f));

        workspace.json("{\"daily_limit\": 0.4, \"monthly_limit\": null}").put(workspace.path("/budget"));
        String job = workspace
                .json(REPLICATE)
                .post(workspace.path("/render/" + project))
                .then()
                .statusCode(202)
                .extract()
                .path("job_id");
        workspace.request().get(workspace.path("/budget")).then().body("daily.reserved", equalTo(0.4f));
        workspace.request().get(workspace.path("/render/jobs/" + job)).then().body("cost.estimated", equalTo(0.0f));
    }

    @Test
    void does_not_use_what_another_workspace_has_bought() throws IOException {
        String project = workspace.project();
        fetchedBefore(project, "https://example.com/1.jpg");
        boughtBefore(project, UUID.randomUUID());

        assertThat(plan(project, REPLICATE).getList("scenes.decision")).isEqualTo(List.of("new", "new"));
    }

    @Test
    void renders_what_was_planned_and_refuses_what_has_changed_since() throws IOException {
        String project = workspace.project();
        String digest = plan(project, REPLICATE).getString("digest");
        fetchedBefore(project, "https://example.com/1.jpg");
        boughtBefore(project, workspace.id);
        workspace
                .json("{\"provider\": \"replicate\", \"plan_digest\": \"" + digest + "\"}")
                .post(workspace.path("/render/" + project))
                .then()
                .statusCode(409)
                .body("code", equalTo("stale_plan"))
                .body("detail", containsString("what has to be bought"))
                .body("total", equalTo(0.2f));
        workspace
                .json("{\"plan_digest\": \"" + digest + "\"}")
                .post(workspace.path("/render/" + project))
                .then()
                .statusCode(409)
                .body("detail", containsString("the provider"));
        workspace
                .json("{\"plan_digest\": \"none\"}")
                .post(workspace.path("/render/" + project))
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("plan_digest"));
        String current = plan(project, REPLICATE).getString("digest");
        String job = workspace
                .json("{\"provider\": \"replicate\", \"fallback\": [], \"plan_digest\": \"" + current + "\"}")
                .post(workspace.path("/render/" + project))
                .then()
                .statusCode(202)
                .extract()
                .path("job_id");
        workspace.request().get(workspace.path("/render/jobs/" + job)).then().body("cost.estimated", equalTo(0.2f));
    }

    @Test
    void keeps_the_fallbacks_with_the_job() {
        String project = workspace.project();
        String job = workspace
                .json("{\"provider\": \"replicate\", \"fallback\": [\"local\"]}")
                .post(workspace.path("/render/" + project))
                .then()
                .statusCode(202)
                .extract()
                .path("job_id");
        var stored = pool.preparedQuery("select fallback from job where id = $1")
                .execute(Tuple.of(UUID.fromString(job)))
                .await()
                .atMost(SOON);
        assertThat(stored.iterator().next().getString(0)).isEqualTo("local");
    }

    @Test
    void says_why_a_provider_cannot_be_used() {
        refused("{\"provider\": \"runway\"}", 422, "RUNWAYML_API_KEY");
        refused("{\"provider\": \"sora\"}", 422, "custom, local, mock, pika, replicate, runway (not set up)");
        refused("{\"provider\": \"pika\"}", 422, "pika makes 9:16 only");
        refused("{\"provider\": \"replicate\", \"fallback\": [\"pika\"]}", 422, "pika makes 9:16 only");
        refused("{\"provider\": \"mock\", \"fallback\": [\"local\"]}", 422, "whole videos");
        refused("{\"provider\": \"replicate\", \"fallback\": [\"mock\"]}", 422, "whole videos");
        refused("{\"provider\": \"replicate\", \"fallback\": [\"replicate\"]}", 400, "names \\\"replicate\\\" again");
        refused("{\"fallback\": [\"a\",\"b\",\"c\",\"d\",\"e\",\"f\"]}", 400, "at most 5");
    }

    private void refused(String body, int status, String detail) {
        String project = workspace.project();
        for (String path : new String[] {"/projects/" + project + "/plan", "/render/" + project}) {
            String answer = workspace
                    .json(body)
                    .post(workspace.path(path))
                    .then()
                    .statusCode(status)
                    .extract()
                    .asString();
            assertThat(answer).contains(detail);
        }
    }

    @Test
    void tells_without_a_token_how_the_providers_fare() {
        RestAssured.get("/health/video")
                .then()
                .statusCode(200)
                .body("status", equalTo("up"))
                .body("providers.name", hasItems("local", "mock", "replicate", "runway", "openai"))
                .body("providers.find { it.name == 'runway' }.configured", equalTo(false))
                .body("providers.find { it.name == 'runway' }.missing", containsString("RUNWAYML_API_KEY"))
                .body("providers.find { it.name == 'local' }.circuit", nullValue());
        worker.report(new ProviderHealth(
                Circuit.OPEN, null, new LastError("timeout", "it took too long to answer", Instant.now()), 80L, null));
        RestAssured.get("/health/video")
                .then()
                .statusCode(200)
                .body("status", equalTo("degraded"))
                .body("providers.find { it.name == 'replicate' }.circuit", equalTo("open"))
                .body("providers.find { it.name == 'replicate' }.latency_ms_p50", equalTo(80))
                .body("providers.findAll { it.last_error != null }.last_error.kind", contains("timeout"));
    }

    private JsonPath plan(String project, String body) {
        return workspace
                .json(body)
                .post(workspace.path("/projects/" + project + "/plan"))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** As a worker leaves it behind when it has fetched a picture. */
    private void fetchedBefore(String project, String address) {
        UUID job = UUID.randomUUID();
        execute(
                "insert into job (id, kind, workspace_id, project_id, spec_digest, provider, status)"
                        + " values ($1, 'render', $2, $3, 'x', 'mock', 'completed')",
                Tuple.of(job, workspace.id, UUID.fromString(project)));
        execute(
                "insert into job_step (job_id, step, result) values ($1, 'prepare:1',"
                        + " jsonb_build_object('source', $2::text, 'key', $3::text))",
                Tuple.of(job, address, "content/ab/" + SHA + ".jpg"));
    }

    private void boughtBefore(String project, UUID buyer) throws IOException {
        boughtBefore(project, buyer, SHA);
    }

    /** Of the first scene, whose picture has that digest; answers the name of its file. */
    private String boughtBefore(String project, UUID buyer, String picture) throws IOException {
        var row = pool.preparedQuery("select storyboard::text from video_project where id = $1")
                .execute(Tuple.of(UUID.fromString(project)))
                .await()
                .atMost(SOON)
                .iterator()
                .next();
        var offers =
                ProviderOffers.of(states.read(Duration.ofMinutes(1)).await().atMost(SOON));
        String digest = ClipOrder.of(offers.renderer("replicate"), StoryboardJson.read(row.getString(0)), 0, picture)
                .get(0)
                .digest();
        String key = ObjectKeys.bought("clip", digest);
        Path file = Files.writeString(directory.resolve("clip"), "a clip");
        objects.put(key, file, "video/mp4").await().atMost(SOON);
        execute(
                "insert into provider_task (job_id, workspace_id, purpose, scene, attempt, provider, digest, state,"
                        + " result) values (gen_random_uuid(), $1, 'clip', 1, 1, 'replicate', $2, 'succeeded',"
                        + " jsonb_build_object('key', $3::text))",
                Tuple.of(buyer, digest, key));
        return key;
    }

    private void execute(String sql, Tuple values) {
        pool.preparedQuery(sql).execute(values).await().atMost(SOON);
    }
}
