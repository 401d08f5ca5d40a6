package io.storyreel.api;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItems;

@QuarkusTest
@QuarkusTestResource(Backends.class)
class ListApiTest {
    @Inject
    ReportingWorker worker;

    private final Workspace workspace = new Workspace();

    @BeforeEach
    void someWorkerHasReported() {
        worker.report();
    }

    @Test
    void pages_hold_everything_once_while_rows_are_added() {
        List<String> before =
                IntStream.range(0, 7).mapToObj(i -> workspace.project()).toList();
        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            var request = workspace.request().queryParam("limit", 2);
            if (cursor != null) {
                request.queryParam("cursor", cursor);
            }
            var page = request.get(workspace.path("/projects"))
                    .then()
                    .statusCode(200)
                    .extract();
            seen.addAll(page.<List<String>>path("items.id"));
            cursor = page.path("next_cursor");
            workspace.project();
        } while (cursor != null);

        assertThat(seen).doesNotHaveDuplicates();
        assertThat(seen.stream().filter(before::contains).toList())
                .as("what was there before, newest first")
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 7)
                        .mapToObj(i -> before.get(7 - i))
                        .toList());
    }

    @Test
    void a_cursor_is_good_for_the_list_and_the_filters_it_came_from() {
        IntStream.range(0, 3).forEach(i -> workspace.render(workspace.project()));
        String ofProjects = cursor("/projects?limit=1");
        String ofApproved = cursor("/projects?limit=1&approved=true");
        String ofJobs = cursor("/render/jobs?limit=1");
        Workspace other = new Workspace();

        get("/projects?limit=2&cursor=" + ofProjects).statusCode(200);
        get("/projects?cursor=" + ofApproved + "&approved=true&limit=1").statusCode(200);
        expectForeign("/projects?cursor=" + ofApproved);
        expectForeign("/projects?approved=false&cursor=" + ofApproved);
        expectForeign("/projects?approved=true&cursor=" + ofProjects);
        expectForeign("/projects?cursor=" + ofJobs);
        expectForeign("/render/jobs?cursor=" + ofProjects);
        expectForeign("/render/jobs?status=pending&cursor=" + ofJobs);
        expectForeign("/projects?cursor=x");
        other.request()
                .get(other.path("/projects?cursor=" + ofProjects))
                .then()
                .statusCode(400)
                .body("errors.field", contains("cursor"));
    }

    private String cursor(String path) {
        return get(path).statusCode(200).extract().path("next_cursor");
    }

    private void expectForeign(String path) {
        get(path).statusCode(400).body("errors.field", contains("cursor"));
    }

    @Test
    void projects_are_found_by_status_approval_and_age() {
        String rendering = workspace.project();
        workspace.render(rendering);
        String incomplete = workspace
                .json("{\"title\": \"x\", \"storyboard\": [{\"scene_index\": 1, \"duration\": 2,"
                        + " \"image_prompt\": \"a boat in the harbour\"}]}")
                .post(workspace.path("/projects"))
                .path("id");
        Instant between = Instant.now();
        String ready = workspace.project();

        get("/projects?status=rendering").body("items.id", contains(rendering));
        get("/projects?status=pending").body("items.id", contains(incomplete));
        get("/projects?status=storyboard_ready").body("items.id", contains(ready));
        get("/projects?status=completed").body("items", empty());
        get("/projects?approved=false").body("items.id", contains(incomplete));
        get("/projects?created_after=" + between).body("items.id", contains(ready));
        get("/projects?status=rendering&approved=false").body("items", empty());
        get("/projects?status=odd").statusCode(400).body("errors.field", contains("status"));
    }

    @Test
    void parameters_that_nobody_knows_and_doubled_ones_are_refused_by_name() {
        get("/render/jobs?statsu=pending")
                .statusCode(400)
                .body("errors.field", contains("statsu"))
                .body("detail", containsString("known are created_after, cursor, kind, limit, project_id, status"));
        get("/render/jobs?status=pending&status=completed").statusCode(400).body("errors.field", contains("status"));
        get("/budget?x=1").statusCode(400).body("errors.field", contains("x"));
        get("/events?x=1").statusCode(400).body("errors.field", contains("x"));
        get("/costs?from=2026-01-01&from=2026-01-02").statusCode(400).body("errors.field", hasItems("from"));
    }

    private ValidatableResponse get(String path) {
        return workspace
                .request()
                .urlEncodingEnabled(false)
                .get(workspace.path(path))
                .then();
    }
}
