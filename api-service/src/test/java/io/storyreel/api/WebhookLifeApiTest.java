package io.storyreel.api;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
@QuarkusTestResource(Backends.class)
class WebhookLifeApiTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String WEBHOOKS = "/webhooks";

    /** An address as text, so that no name service is asked. */
    private static final String PUBLIC = "{\"url\": \"https://93.184.215.14/hook\"}";

    private static final String SECRET_FORM = "whsec_[A-Za-z0-9+/]{43}=";

    @Inject
    Pool pool;

    private final Workspace workspace = new Workspace();

    @Test
    void a_test_is_a_delivery_that_can_be_read_and_replayed() {
        String id = endpoint();
        String delivery = test(id, 202);
        String path = workspace.path("/webhooks/" + id + "/deliveries");
        execute("update webhook_delivery set state = 'failed', tries = 8, attempts = 1, ended_at = now() where id = '"
                + delivery + "'");
        execute("insert into webhook_attempt (delivery_id, number, status_code, answer, error, duration_ms) values ('"
                + delivery + "', 1, 500, 'no', 'the receiver answered 500', 12)");
        workspace
                .request()
                .get(path + "/" + delivery)
                .then()
                .statusCode(200)
                .body("type", equalTo("webhook.test"))
                .body("body.type", equalTo("webhook.test"))
                .body("state", equalTo("failed"))
                .body("attempt_log[0].status_code", equalTo(500))
                .body("attempt_log[0].answer", equalTo("no"));

        workspace
                .request()
                .post(path + "/" + delivery + "/replay")
                .then()
                .statusCode(202)
                .body("delivery_id", equalTo(delivery));

        workspace
                .request()
                .get(path)
                .then()
                .body("items[0].state", equalTo("pending"))
                .body("items[0].next_try_at", notNullValue())
                .body("items[0].keySet()", not(hasItems("attempt_log")));
        assertThat(count("select tries from webhook_delivery where id = '" + delivery + "'"))
                .isZero();
    }

    @Test
    void an_endpoint_of_projects_is_changed_in_the_projects() {
        String id = UUID.randomUUID().toString();
        execute("insert into webhook_endpoint (id, workspace_id, url, events, of_projects) values ('" + id + "', '"
                + workspace.id + "', 'https://93.184.215.14/p', '{render.completed}', true)");
        String path = workspace.path("/webhooks/" + id);
        workspace.request().get(path).then().body("origin", equalTo("project"));
        workspace.json(PUBLIC).patch(path).then().statusCode(409);
        workspace.request().post(path + "/rotate").then().statusCode(409);
        workspace.json("{\"enabled\": false}").patch(path).then().statusCode(200);
    }

    @Test
    void a_new_secret_leaves_the_one_before_for_a_day() {
        String id = endpoint();
        workspace
                .request()
                .post(workspace.path("/webhooks/" + id + "/rotate"))
                .then()
                .statusCode(200)
                .body("secret", matchesPattern(SECRET_FORM))
                .body("previous_secret_until", notNullValue());
        long secrets = count("select count(distinct s) from webhook_endpoint, unnest(array[secret, previous_secret]) s"
                + " where id = '" + id + "' and previous_until > now() + interval '23 hours'");
        assertThat(secrets).isEqualTo(2);
    }

    @Test
    void the_default_secret_is_made_and_replaced() {
        String path = workspace.path("/webhooks/default-secret/rotate");
        workspace
                .request()
                .post(path)
                .then()
                .statusCode(200)
                .body("secret", matchesPattern(SECRET_FORM))
                .body("previous_secret_until", nullValue());
        workspace.request().post(path).then().statusCode(200).body("previous_secret_until", notNullValue());
    }

    @Test
    void changes_only_what_is_named_and_ends_what_is_pending_when_it_is_switched_off() {
        String id = endpoint();
        test(id, 202);
        String path = workspace.path("/webhooks/" + id);
        workspace
                .json("{\"enabled\": false}")
                .patch(path)
                .then()
                .statusCode(200)
                .body("enabled", equalTo(false))
                .body("url", endsWith("/hook"))
                .body("events", hasSize(3));
        workspace.request().get(path + "/deliveries").then().body("items[0].state", equalTo("failed"));
        test(id, 409);
        workspace
                .json("{\"enabled\": true, \"events\": [\"render.failed\"]}")
                .patch(path)
                .then()
                .body("enabled", equalTo(true))
                .body("events", contains("render.failed"));
        workspace.json("{}").patch(path).then().statusCode(400);
        workspace.json("{\"url\": \"http://127.0.0.1/\"}").patch(path).then().statusCode(400);
    }

    private String endpoint() {
        return workspace
                .json(PUBLIC)
                .post(workspace.path(WEBHOOKS))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private String test(String endpoint, int status) {
        return workspace
                .request()
                .post(workspace.path("/webhooks/" + endpoint + "/test"))
                .then()
                .statusCode(status)
                .extract()
                .path("delivery_id");
    }

    private void execute(String sql) {
        pool.preparedQuery(sql).execute(Tuple.tuple()).await().atMost(SOON);
    }

    private long count(String sql) {
        return pool.query(sql).execute().await().atMost(SOON).iterator().next().getLong(0);
    }
}
