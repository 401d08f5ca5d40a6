package io.storyreel.api;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.storyreel.common.job.JobChange;
import io.storyreel.common.job.JobStore;
import io.storyreel.common.job.WorkerLeases;
import io.storyreel.common.queue.ProgressChannel;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

@QuarkusTest
@QuarkusTestResource(Backends.class)
class RenderApiTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject
    JobStore jobs;

    @Inject
    WorkerLeases workers;

    @Inject
    ProgressChannel progress;

    @Inject
    ReportingWorker worker;

    private final Workspace workspace = new Workspace();

    @BeforeEach
    void someWorkerHasReported() {
        worker.report();
    }

    @Test
    void accepts_a_render_and_tells_where_it_stands() {
        String project = workspace.project();
        String job = workspace
                .json("{\"provider\": \"mock\"}")
                .post(workspace.path("/render/" + project))
                .then()
                .statusCode(202)
                .header("Location", containsString("/render/jobs/"))
                .body("status", equalTo("processing"))
                .extract()
                .path("job_id");
        workspace
                .request()
                .get(workspace.path("/render/jobs/" + job))
                .then()
                .statusCode(200)
                .body("task_id", equalTo(job))
                .body("status", equalTo("pending"))
                .body("provider", equalTo("mock"))
                .body("scenes.total", equalTo(2))
                .body("cost.estimated", equalTo(0.0f))
                .body("waiting.reason", equalTo("queue"))
                .body("waiting.position", greaterThan(0));
    }

    @Test
    void accepts_a_render_without_a_body() throws IOException, InterruptedException {
        var answer = Wire.post(workspace, "/render/" + workspace.project(), BodyPublishers.noBody());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    @Test
    void refuses_a_time_that_no_calendar_has() {
        workspace
                .request()
                .queryParam("created_after", "+999999999-01-01T00:00:00Z")
                .get(workspace.path("/render/jobs"))
                .then()
                .statusCode(400)
                .body("errors.field", hasItems("created_after"));
    }

    @Test
    void refuses_what_cannot_be_rendered_and_says_why() {
        String unapproved = workspace
                .json("{\"title\": \"x\", \"storyboard\": [" + Workspace.scene(1) + "]}")
                .post(workspace.path("/projects"))
                .path("id");
        expectRefusal(unapproved, "{}", 409, "not_approved");
        String incomplete = workspace
                .json(Workspace.storyboard(
                        "{\"scene_index\": 7, \"image_prompt\": \"a boat in the harbour\", \"duration\": 2}"))
                .post(workspace.path("/projects"))
                .path("id");
        workspace
                .json("{}")
                .post(workspace.path("/render/" + incomplete))
                .then()
                .statusCode(422)
                .body("code", equalTo("storyboard_incomplete"))
                .body("errors.field", hasItems("storyboard[scene_index=7].image_url"));
        String project = workspace.project();
        expectRefusal(project, "{\"provider\": \"runway\"}", 422, "unusable_provider");
        expectRefusal(project, "{\"priority\": 1}", 400, "invalid_request");
        expectRefusal(project, "{\"priority\": \"HIGH\"}", 400, "invalid_request");
        workspace
                .json("{\"priority\": \"urgent\"}")
                .post(workspace.path("/render/" + project))
                .then()
                .statusCode(400)
                .body("errors.field", contains("priority"))
                .body("errors[0].message", containsString("low, normal, high"));
        expectRefusal(UUID.randomUUID().toString(), "{}", 404, "not_found");
        workspace.render(project);
        expectRefusal(project, "{}", 409, "already_rendering");
    }

    private void expectRefusal(String project, String body, int status, String code) {
        workspace
                .json(body)
                .post(workspace.path("/render/" + project))
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("code", equalTo(code));
    }

    @Test
    void cancels_a_waiting_job_and_keeps_its_history() {
        String job = workspace.render(workspace.project());
        String path = workspace.path("/render/jobs/" + job);
        workspace.request().post(path + "/cancel").then().statusCode(202).body("status", equalTo("canceled"));
        workspace
                .request()
                .get(path + "/history")
                .then()
                .statusCode(200)
                .body("events.seq", contains(1, 2))
                .body("events.event", contains("progress", "canceled"));
    }

    @Test
    void tells_the_place_in_the_queue_until_a_worker_takes_the_job() {
        String first = workspace.render(workspace.project());
        assertThat(place(workspace, first)).isPositive();
        String second = workspace.render(workspace.project());
        assertThat(place(workspace, second))
                .as("who waits was looked up before it came")
                .isPositive();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(place(workspace, second)).isEqualTo(place(workspace, first) + 1));
        UUID identity = UUID.randomUUID();
        workers.join(identity, "test", Duration.ofMinutes(1)).await().atMost(SOON);
        jobs.claim(List.of(UUID.fromString(first)), identity).await().atMost(SOON);

        workspace.request().get(workspace.path("/render/jobs/" + first)).then().body("$", not(hasKey("waiting")));
        await().atMost(SOON).until(() -> place(workspace, second) != null);
    }

    @Test
    void a_job_of_higher_priority_stands_before_those_that_wait_already() {
        String low = render("{\"priority\": \"low\"}");
        String normal = render("{\"priority\": null}");
        String high = render("{\"priority\": \"high\"}");

        priority(low, "low");
        priority(normal, "normal");
        priority(high, "high");
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(place(workspace, high)).isLessThan(place(workspace, normal));
            assertThat(place(workspace, normal)).isLessThan(place(workspace, low));
        });
        String canceled = workspace.path("/render/jobs/" + high);
        workspace.request().post(canceled + "/cancel").then().statusCode(202);
        priority(high, "high");
    }

    private String render(String body) {
        return workspace
                .json(body)
                .post(workspace.path("/render/" + workspace.project()))
                .then()
                .statusCode(202)
                .extract()
                .path("job_id");
    }

    private void priority(String job, String priority) {
        workspace.request().get(workspace.path("/render/jobs/" + job)).then().body("priority", equalTo(priority));
    }

    private static Integer place(Workspace workspace, String job) {
        return workspace.request().get(workspace.path("/render/jobs/" + job)).path("waiting.position");
    }

    @Test
    void lists_jobs_by_filter() {
        String project = workspace.project();
        String job = workspace.render(project);
        workspace
                .request()
                .get(workspace.path("/render/jobs?status=pending&kind=render&project_id=" + project))
                .then()
                .statusCode(200)
                .body("items.job_id", contains(job));
        workspace
                .request()
                .get(workspace.path("/render/jobs?status=odd"))
                .then()
                .statusCode(400)
                .body("errors.field", hasItems("status"));
    }

    @Test
    void streams_every_event_once_and_in_order_over_a_gap_and_a_reconnect() {
        String job = workspace.render(workspace.project());
        UUID worker = UUID.randomUUID();
        workers.join(worker, "test", Duration.ofMinutes(1)).await().atMost(SOON);
        var lease = jobs.claim(List.of(UUID.fromString(job)), worker)
                .await()
                .atMost(SOON)
                .get(0)
                .job()
                .lease();
        try (var stream = EventReader.open(workspace, "/render/jobs/" + job + "/events", null)) {
            assertThat(stream.next().id()).isEqualTo("1");
            assertThat(stream.next().id()).isEqualTo("2");
            // Nobody is told of this one: it is found when the next one shows the gap, or by the sweep.
            jobs.advance(lease, JobChange.progress(30, "speak", "Speaking"))
                    .await()
                    .atMost(SOON);
            var done = jobs.advance(lease, JobChange.completed("Done", "{}", BigDecimal.ZERO))
                    .await()
                    .atMost(SOON);
            progress.publish(done).await().atMost(SOON);
            progress.publish(done).await().atMost(SOON);
            assertThat(stream.next().id()).isEqualTo("3");
            assertThat(stream.next().name()).isEqualTo("completed");
            assertThat(stream.next())
                    .as("the stream ends after the final event")
                    .isNull();
        }
        try (var again = EventReader.open(workspace, "/render/jobs/" + job + "/events", "3")) {
            assertThat(again.next().id()).isEqualTo("4");
            assertThat(again.next()).isNull();
        }
        workspace
                .request()
                .header("Last-Event-ID", "4")
                .get(workspace.path("/render/jobs/" + job + "/events"))
                .then()
                .statusCode(204);
        workspace
                .request()
                .header("Last-Event-ID", "x")
                .get(workspace.path("/render/jobs/" + job + "/events"))
                .then()
                .statusCode(400);
    }

    @Test
    void a_workspace_stream_begins_with_what_is_active() {
        String job = workspace.render(workspace.project());
        try (var stream = EventReader.open(workspace, "/events", null)) {
            var first = stream.next();
            assertThat(first.id()).isNull();
            assertThat(first.data()).contains(job).contains("\"pending\"");
            workspace.request().post(workspace.path("/render/jobs/" + job + "/cancel"));
            assertThat(stream.nextNamed("canceled").data()).contains(job);
        }
    }

    @Test
    void a_workspace_stream_tells_who_moves_up_in_the_queue() {
        String before = workspace.render(workspace.project());
        Workspace other = new Workspace();
        String job = other.render(other.project());
        await("a look at the queue that has seen both")
                .atMost(SOON)
                .until(() -> place(other, job) > place(workspace, before));
        try (var stream = EventReader.open(other, "/events", null)) {
            JsonObject waiting = new JsonObject(stream.nextNamed("waiting").data());
            assertThat(waiting.getString("task_id")).isEqualTo(job);
            assertThat(waiting.getString("waiting_reason")).isEqualTo("queue");
            int place = waiting.getInteger("waiting_position");

            workspace.request().post(workspace.path("/render/jobs/" + before + "/cancel"));

            JsonObject moved = new JsonObject(stream.nextNamed("waiting").data());
            assertThat(moved.getString("task_id")).isEqualTo(job);
            assertThat(moved.getInteger("waiting_position")).isLessThan(place);
        }
    }
}
