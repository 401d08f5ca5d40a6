package io.storyreel.api;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
@QuarkusTestResource(Backends.class)
class ProjectApiTest {
    private final Workspace workspace = new Workspace();

    @Test
    void creates_a_project_with_defaults_and_an_entity_tag() {
        workspace
                .json(Workspace.storyboard(Workspace.scene(2) + "," + Workspace.scene(1)))
                .post(workspace.path("/projects"))
                .then()
                .statusCode(201)
                .header("ETag", "\"0\"")
                .header("Location", containsString("/projects/"))
                .body("status", equalTo("storyboard_ready"))
                .body("storyboard.scene_index", equalTo(java.util.List.of(1, 2)))
                .body("output.resolution", equalTo("1080p"));
    }

    @Test
    void names_everything_wrong_at_once() {
        workspace
                .json(
                        "{\"title\": \"\", \"target_duration\": 601, \"webhook_url\": \"ftp://x\", \"storyboard\": [{\"scene_index\": 1, \"duration\": 1000}]}")
                .post(workspace.path("/projects"))
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid_request"))
                .body(
                        "errors.field",
                        hasItems(
                                "title",
                                "target_duration",
                                "webhook_url",
                                "storyboard[scene_index=1].duration",
                                "storyboard[scene_index=1].image_url"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"title": 3}                                                            | title
                    {"titel": "x"}                                                          | titel
                    {"title": "x", "storyboard": [{"scene_index": "1"}]}                    | storyboard[0].scene_index
                    {"title": "x", "storyboard": [{"scene_index": 1, "transition": "spin"}]} | storyboard[0].transition
                    {"title": "x", "storyboard": [{"scene_index": 1.5}]}                    | storyboard[0].scene_index
                    {"title": "x", "approved": "yes"}                                       | approved
                    {"title": "x", "storyboard": []}                                        | storyboard
                    """)
    void names_the_field_that_cannot_be_read(String body, String field) {
        workspace
                .json(body)
                .post(workspace.path("/projects"))
                .then()
                .statusCode(400)
                .body("errors.field", hasItems(field));
    }

    @Test
    void refuses_101_scenes_and_a_line_of_5000_characters() {
        String scenes = IntStream.rangeClosed(1, 101).mapToObj(Workspace::scene).collect(Collectors.joining(","));
        String body = "{\"title\": \"x\", \"storyboard\": [" + scenes + "], \"script\": [{\"text\": \""
                + "a".repeat(5_000) + "\"}]}";
        workspace
                .json(body)
                .post(workspace.path("/projects"))
                .then()
                .statusCode(400)
                .body("errors.field", hasItems("storyboard", "script[0].text"));
    }

    @Test
    void says_where_broken_json_breaks_and_refuses_too_much_of_it() {
        workspace
                .json("{\"title\": ")
                .post(workspace.path("/projects"))
                .then()
                .statusCode(400)
                .body("detail", containsString("line 1"));
        workspace
                .json(" ".repeat(2_000_000))
                .post(workspace.path("/projects"))
                .then()
                .statusCode(413)
                .contentType("application/problem+json")
                .body("detail", containsString("1048576"));
    }

    @Test
    void refuses_json_of_unknown_length() throws IOException, InterruptedException {
        var answer = Wire.post(workspace, "/projects", ofUnknownLength("{\"title\": \"x\"}"));
        assertThat(answer.statusCode()).isEqualTo(411);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("length_required").contains("1048576");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3_000_000})
    void refuses_json_whose_length_http2_does_not_tell(int length) throws IOException, InterruptedException {
        var answer = Wire.postOverHttp2(
                workspace, "/projects", "application/json", ofUnknownLength("{}" + " ".repeat(length)));

        assertThat(answer.statusCode()).isEqualTo(411);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("length_required").contains("1048576");
    }

    @Test
    void takes_requests_over_http2_that_have_no_body_or_say_how_long_it_is() throws IOException, InterruptedException {
        var json = BodyPublishers.ofString(Workspace.storyboard(Workspace.scene(1)));
        var created = Wire.postOverHttp2(workspace, "/projects", "application/json", json);
        assertThat(created.statusCode()).isEqualTo(201);

        var render = "/render/" + workspace.project();
        var accepted = Wire.postOverHttp2(workspace, render, null, BodyPublishers.noBody());
        assertThat(accepted.statusCode()).isEqualTo(202);
    }

    private static BodyPublisher ofUnknownLength(String json) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(json.getBytes(UTF_8)));
    }

    @Test
    void changes_the_named_fields_of_the_version_that_was_read() {
        String path = workspace.path("/projects/" + workspace.project());
        workspace.json("{}").patch(path).then().statusCode(428);
        workspace
                .json("{\"style\": \"noir\"}")
                .header("If-Match", "\"0\"")
                .patch(path)
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("style", equalTo("noir"))
                .body("approved", equalTo(true));
        workspace
                .json("{\"style\": null}")
                .header("If-Match", "\"0\"")
                .patch(path)
                .then()
                .statusCode(412)
                .body("code", equalTo("stale_version"));
    }

    @Test
    void a_change_that_changes_nothing_leaves_version_date_and_approval_as_they_are() {
        String path = workspace.path("/projects/" + workspace.project());
        Response before = workspace.request().get(path);
        for (String same : new String[] {"{}", "{\"style\": null}", "{\"approved\": true}", "{\"script\": null}"}) {
            workspace
                    .json(same)
                    .header("If-Match", "\"0\"")
                    .patch(path)
                    .then()
                    .statusCode(200)
                    .header("ETag", "\"0\"")
                    .body("updated_at", equalTo(before.path("updated_at")))
                    .body("approved_at", equalTo(before.path("approved_at")));
        }
    }

    @Test
    void a_changed_storyboard_has_to_be_approved_anew() {
        String path = workspace.path("/projects/" + workspace.project());
        workspace
                .json("{\"output\": {\"fps\": 25}}")
                .header("If-Match", "\"0\"")
                .patch(path)
                .then()
                .statusCode(200)
                .body("approved", equalTo(false))
                .body("approved_at", nullValue())
                .body("output.fps", equalTo(25))
                .body("output.resolution", equalTo("1080p"));
        workspace
                .json("{\"output\": {\"fps\": 24}, \"approved\": true}")
                .header("If-Match", "\"1\"")
                .patch(path)
                .then()
                .statusCode(200)
                .body("approved", equalTo(true))
                .body("approved_at", notNullValue());
    }

    @Test
    void lists_pages_without_gap_or_double() {
        String first = workspace.project();
        String second = workspace.project();
        String cursor = workspace
                .request()
                .get(workspace.path("/projects?limit=1"))
                .then()
                .statusCode(200)
                .body("items.id", equalTo(java.util.List.of(second)))
                .extract()
                .path("next_cursor");
        workspace
                .request()
                .get(workspace.path("/projects?limit=1&cursor=" + cursor))
                .then()
                .body("items.id", equalTo(java.util.List.of(first)))
                .body("next_cursor", nullValue());
        workspace.request().get(workspace.path("/projects?limit=0")).then().statusCode(400);
        workspace.request().get(workspace.path("/projects?cursor=xyz")).then().statusCode(400);
    }

    @Test
    void deleting_a_project_cancels_its_render() {
        String project = workspace.project();
        String job = workspace.render(project);
        workspace
                .request()
                .delete(workspace.path("/projects/" + project))
                .then()
                .statusCode(204);
        workspace.request().get(workspace.path("/projects/" + project)).then().statusCode(404);
        workspace.request().get(workspace.path("/render/jobs/" + job)).then().body("status", equalTo("canceled"));
    }

    @Test
    void other_workspaces_do_not_exist() {
        String project = workspace.project();
        Workspace other = new Workspace();
        other.request().get(workspace.path("/projects/" + project)).then().statusCode(404);
        other.request().get(other.path("/projects/" + project)).then().statusCode(404);
    }

    @Test
    void wrong_addresses_methods_and_types_are_problems_too() {
        workspace
                .request()
                .get(workspace.path("/nothing"))
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
        workspace
                .request()
                .put(workspace.path("/projects"))
                .then()
                .statusCode(405)
                .contentType("application/problem+json");
        workspace
                .request()
                .contentType(ContentType.TEXT)
                .body("x")
                .post(workspace.path("/projects"))
                .then()
                .statusCode(415)
                .contentType("application/problem+json");
        workspace
                .request()
                .get(workspace.path("/projects"))
                .then()
                .statusCode(200)
                .body("items", hasSize(0));
    }
}
