package io.storyreel.api;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import static io.storyreel.api.Workspace.scene;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;

@QuarkusTest
@QuarkusTestResource(Backends.class)
class ReorderApiTest {
    private static final String THREE_SCENES = "{\"title\": \"A test\", \"storyboard\": [" + scene(2) + "," + scene(5)
            + "," + scene(9) + "], \"script\": [{\"text\": \"on 2\"}, {\"text\": \"on 9\", \"scene_index\": 9}]}";

    @Inject
    ReportingWorker worker;

    @Inject
    Pool pool;

    private final Workspace workspace = new Workspace();
    private String job;

    @BeforeEach
    void aJobOfThreeScenes() {
        worker.report();
        job = workspace
                .json(THREE_SCENES)
                .post("/api/v2/jobs")
                .then()
                .statusCode(201)
                .extract()
                .path("job_id");
    }

    @Test
    void scenes_stand_in_the_order_named_numbered_from_1_with_what_is_said_over_them() {
        approve(200);
        cancelRenders();

        reorder("scene_order=9&scene_order=2&scene_order=5")
                .statusCode(200)
                .body("storyboard_data.scene_index", equalTo(List.of(1, 2, 3)))
                .body("storyboard_data.image_url", equalTo(pictures(9, 2, 5)))
                .body("status", equalTo("storyboard_ready"))
                .body("approved", equalTo(false));

        workspace
                .request()
                .get(workspace.path("/projects/" + job))
                .then()
                .statusCode(200)
                .body("script.text", equalTo(List.of("on 9", "on 2")))
                .body("script.scene_index", equalTo(Arrays.asList(1, null)))
                .body("approved_at", equalTo(null))
                .body("version", equalTo(2));
        approve(200);
    }

    @Test
    void an_order_that_is_the_present_one_changes_nothing() {
        reorder("scene_order=2&scene_order=5&scene_order=9").statusCode(200);
        approve(200);
        cancelRenders();

        reorder("scene_order=1&scene_order=2&scene_order=3").statusCode(200).body("approved", equalTo(true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scene_order=2&scene_order=5                               | does not name scene 9",
                "scene_order=2&scene_order=5&scene_order=9&scene_order=9   | names scene 9 more than once",
                "scene_order=2&scene_order=5&scene_order=7                 | names scene 7, which is not in the storyboard",
                "scene_order=1000000000                                    | must be the number of a scene",
                "scene_order=1e3                                           | must be the number of a scene",
                "scene_order=0                                             | must be the number of a scene",
                "scene_order=-1                                            | must be the number of a scene",
                "scene_order=2,5,9                                         | must be the number of a scene",
                "scene_order=%00                                           | must be the number of a scene",
                "scene_order=%F0%9F%8E%AC                                  | must be the number of a scene",
                "scene_order=..%2F                                         | must be the number of a scene",
            })
    void says_what_is_wrong_with_an_order_and_changes_nothing(String query, String message) {
        reorder(query)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.field", everyItem(equalTo("scene_order")))
                .body("errors.message.join('; ')", containsString(message));
        workspace
                .request()
                .get(workspace.path("/projects/" + job))
                .then()
                .body("version", equalTo(0))
                .body("storyboard.scene_index", equalTo(List.of(2, 5, 9)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?scene_order", "?scene_order="})
    void no_order_is_refused(String query) {
        request()
                .post("/api/v2/jobs/" + job + "/reorder" + query)
                .then()
                .statusCode(400)
                .body("errors.field", everyItem(equalTo("scene_order")));
    }

    @Test
    void scenes_stay_while_they_are_rendered() {
        approve(200);

        reorder("scene_order=9&scene_order=2&scene_order=5").statusCode(409).body("code", equalTo("already_rendering"));
        cancelRenders();
        reorder("scene_order=9&scene_order=2&scene_order=5").statusCode(200);
    }

    @Test
    void reorders_only_what_its_author_has_seen() {
        String seen = workspace.request().get("/api/v2/jobs/" + job).getHeader("ETag");
        reorder("scene_order=9&scene_order=2&scene_order=5").statusCode(200);

        request()
                .header("If-Match", seen)
                .post("/api/v2/jobs/" + job + "/reorder?scene_order=2&scene_order=3&scene_order=1")
                .then()
                .statusCode(412);
        String now = workspace.request().get("/api/v2/jobs/" + job).getHeader("ETag");
        request()
                .header("If-Match", now)
                .post("/api/v2/jobs/" + job + "/reorder?scene_order=2&scene_order=3&scene_order=1")
                .then()
                .statusCode(200)
                .body("storyboard_data.image_url", equalTo(pictures(2, 5, 9)));
    }

    @Test
    void orders_at_the_same_time_come_one_after_the_other() {
        reorder("scene_order=2&scene_order=5&scene_order=9").statusCode(200);
        List<CompletableFuture<Integer>> turns = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> reorder("scene_order=2&scene_order=3&scene_order=1")
                        .extract()
                        .statusCode()))
                .toList();

        assertThat(turns).allMatch(turn -> turn.join() == 200);
        workspace
                .request()
                .get("/api/v2/jobs/" + job)
                .then()
                .body("storyboard_data.image_url", equalTo(pictures(9, 2, 5)));
    }

    @Test
    void the_history_of_a_scene_follows_it() {
        pool.preparedQuery("insert into scene_version (id, project_id, scene, description) values ($1, $2, 9, 'of 9')")
                .execute(Tuple.of(UUID.randomUUID(), UUID.fromString(job)))
                .await()
                .atMost(Duration.ofSeconds(10));

        reorder("scene_order=9&scene_order=2&scene_order=5").statusCode(200);

        Row version = pool.preparedQuery("select scene from scene_version where project_id = $1")
                .execute(Tuple.of(UUID.fromString(job)))
                .await()
                .atMost(Duration.ofSeconds(10))
                .iterator()
                .next();
        assertThat(version.getInteger("scene")).isEqualTo(1);
    }

    private static List<String> pictures(int... scenes) {
        return IntStream.of(scenes)
                .mapToObj(scene -> "https://example.com/" + scene + ".jpg")
                .toList();
    }

    private RequestSpecification request() {
        return workspace.request().contentType(ContentType.JSON).urlEncodingEnabled(false);
    }

    private ValidatableResponse reorder(String query) {
        return request().post("/api/v2/jobs/" + job + "/reorder?" + query).then();
    }

    private void approve(int status) {
        workspace.json("{}").post("/api/v2/jobs/" + job + "/approve").then().statusCode(status);
    }

    private void cancelRenders() {
        String render = workspace
                .request()
                .get(workspace.path("/render/jobs?status=pending&project_id=" + job))
                .path("items[0].job_id");
        workspace
                .request()
                .post(workspace.path("/render/jobs/" + render + "/cancel"))
                .then()
                .statusCode(202);
    }
}
