package io.storyreel.api;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
@QuarkusTestResource(Backends.class)
class WebhookApiTest {
    private static final String WEBHOOKS = "/webhooks";

    private static final String NOBODY = "0197b0c4-8a30-7c2e-9d1f-2f6d3f1f4a55";

    /** An address as text, so that no name service is asked. */
    private static final String PUBLIC = "{\"url\": \"https://93.184.215.14/hook\"}";

    private static final String SECRET_FORM = "whsec_[A-Za-z0-9+/]{43}=";

    private final Workspace workspace = new Workspace();

    @Test
    void a_new_endpoint_shows_its_secret_this_once() {
        String location = workspace
                .json(PUBLIC)
                .post(workspace.path(WEBHOOKS))
                .then()
                .statusCode(201)
                .body("secret", matchesPattern(SECRET_FORM))
                .body("events", contains("render.completed", "render.failed", "render.canceled"))
                .body("enabled", equalTo(true))
                .body("origin", equalTo("workspace"))
                .extract()
                .header("Location");
        workspace
                .request()
                .get(location)
                .then()
                .statusCode(200)
                .body("secret", nullValue())
                .body("failing_since", nullValue());
        workspace
                .request()
                .get(workspace.path(WEBHOOKS))
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].keySet()", not(hasItems("secret")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                             | url       | is missing",
                "{\"url\": \"\"}                                                | url       | http or https",
                "{\"url\": \"ftp://example.com/\"}                              | url       | http or https",
                "{\"url\": \"http://me@93.184.215.14/\"}                        | url       | no user",
                "{\"url\": \"http://a b/\"}                                     | url       | http or https",
                "{\"url\": \"http://93.184.215.14/\\u0000\"}                    | url       | http or https",
                "{\"url\": \"http://127.0.0.1/\"}                               | url       | private network",
                "{\"url\": \"http://localhost:8080/\"}                          | url       | private network",
                "{\"url\": \"http://[::1]/\"}                                   | url       | private network",
                "{\"url\": \"http://169.254.169.254/latest\"}                   | url       | private network",
                "{\"url\": \"http://10.1.2.3/\"}                                | url       | private network",
                "{\"url\": \"http://0x7f000001/\"}                              | url       | cannot be used",
                "{\"url\": \"http://no-such-name.invalid/\"}                    | url       | cannot be used",
                "{\"url\": 7}                                                   | url       | must be",
                "{\"url\": \"http://93.184.215.14/\", \"events\": []}           | events    | at least one",
                "{\"url\": \"http://93.184.215.14/\", \"events\": [\"all\"]}    | events[0] | must be one of",
                "{\"url\": \"http://93.184.215.14/\", \"events\": [null]}       | events[0] | must be one of",
                "{\"url\": \"http://93.184.215.14/\", \"enabled\": \"yes\"}     | enabled   | must be",
                "{\"url\": \"http://93.184.215.14/\", \"secret\": \"whsec_mine\"} | secret  | not known here",
            })
    void refuses_endpoints_that_cannot_be(String body, String field, String message) {
        workspace
                .json(body)
                .post(workspace.path(WEBHOOKS))
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.field", hasItems(field))
                .body("detail", containsString(message));
        workspace.request().get(workspace.path(WEBHOOKS)).then().body("items", hasSize(0));
    }

    @Test
    void refuses_an_address_that_is_too_long() {
        workspace
                .json("{\"url\": \"https://93.184.215.14/" + "x".repeat(2048) + "\"}")
                .post(workspace.path(WEBHOOKS))
                .then()
                .statusCode(400)
                .body("detail", containsString("at most 2048 characters"));
    }

    @Test
    void a_project_cannot_name_a_private_address_either() {
        String body = Workspace.storyboard(Workspace.scene(1))
                .replace("\"approved\"", "\"webhook_url\": \"http://192.168.1.1/\", \"approved\"");
        workspace
                .json(body)
                .post(workspace.path("/projects"))
                .then()
                .statusCode(400)
                .body("errors.field", contains("webhook_url"))
                .body("detail", containsString("private network"));
        String project = workspace.project();
        workspace
                .json("{\"webhook_url\": \"http://127.0.0.1/\"}")
                .header("If-Match", "\"0\"")
                .patch(workspace.path("/projects/" + project))
                .then()
                .statusCode(400)
                .body("errors.field", contains("webhook_url"));
        workspace
                .json("{\"webhook_url\": \"https://93.184.215.14/\"}")
                .header("If-Match", "\"0\"")
                .patch(workspace.path("/projects/" + project))
                .then()
                .statusCode(200)
                .body("webhook_url", equalTo("https://93.184.215.14/"));
    }

    @Test
    void there_can_be_ten_however_many_ask_at_once() {
        List<Integer> statuses =
                IntStream.range(0, 14).mapToObj(i -> Wire.postJson(workspace, WEBHOOKS, PUBLIC)).toList().stream()
                        .map(CompletableFuture::join)
                        .map(answer -> answer.statusCode())
                        .toList();
        assertThat(statuses).filteredOn(status -> status == 201).hasSize(10);
        assertThat(statuses).filteredOn(status -> status == 409).hasSize(4);
        workspace
                .request()
                .get(workspace.path("/webhooks?limit=4"))
                .then()
                .body("items", hasSize(4))
                .body("next_cursor", notNullValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/rotate",
                "/test",
                "/deliveries",
                "/deliveries/" + NOBODY,
                "/deliveries/" + NOBODY + "/replay"
            })
    void what_lies_in_another_workspace_is_not_there(String below) {
        String id = endpoint();
        Workspace other = new Workspace();
        boolean post = below.endsWith("rotate") || below.endsWith("test") || below.endsWith("replay");
        for (String one : List.of(id, NOBODY, "%00", "..%2f", "1e3")) {
            String path = other.path("/webhooks/" + one + below);
            var request = other.request().urlEncodingEnabled(false);
            assertThat((post ? request.post(path) : request.get(path)).statusCode())
                    .as(path)
                    .isIn(400, 404);
        }
        other.request().delete(other.path("/webhooks/" + id)).then().statusCode(404);
        workspace.request().delete(workspace.path("/webhooks/" + id)).then().statusCode(204);
        workspace.request().get(workspace.path("/webhooks/" + id)).then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=1&limit=2", "cursor=x", "limit=101", "cursor=%00"})
    void refuses_pages_that_cannot_be(String query) {
        String id = endpoint();
        for (String list : List.of("", "/" + id + "/deliveries")) {
            workspace
                    .request()
                    .urlEncodingEnabled(false)
                    .get(workspace.path("/webhooks" + list + "?" + query))
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json");
        }
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
}
