package io.storyreel.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/** The rows about rendering, by workspace. */
abstract class RenderingRows extends ContractRows {
    @Test
    @DisplayName("POST /projects: 201 VideoProject")
    void post_projects() {
        ObjectNode film =
                unpictured().put("mode", "story").put("target_duration", 30).put("style", "noir");
        film.put("aspect_ratio", "9:16").put("webhook_url", "https://example.com/hook");
        ((ObjectNode) film.at("/storyboard/0")).put("description", "At sea").put("motion_prompt", "waves");

        WalkAnswer answer = created(film);

        String id = answer.body().get("id").asText();
        assertThat(answer.header("Location")).endsWith(pair.base() + "/projects/" + id);
        assertThat(answer.header("ETag")).isEqualTo("\"0\"");
        assertThat(names(answer.body()))
                .contains("storyboard", "script", "background_music", "output", "title", "mode", "target_duration")
                .contains("aspect_ratio", "style", "approved", "webhook_url");
        assertThat(names(answer.body().at("/storyboard/0")))
                .contains("image_url", "image_prompt", "description", "motion_prompt");
    }

    @Test
    @DisplayName("GET /projects, GET /projects/{id}, PATCH /projects/{id} (412 when stale), DELETE")
    void projects() {
        String path = pair.base() + "/projects/" + id(film(1));
        String tag = expect(client.get(path), 200).header("ETag");
        assertThat(names(expect(client.get(pair.base() + "/projects?limit=1"), 200)
                        .body()))
                .containsExactlyInAnyOrder("items", "next_cursor");
        ObjectNode title = Films.JSON.createObjectNode().put("title", "Other");

        WalkAnswer changed = expect(client.call("PATCH", path, title, "If-Match", tag), 200);

        assertThat(changed.header("ETag")).isNotEqualTo(tag);
        refused(client.call("PATCH", path, title, "If-Match", tag), 412, "stale_version");
        expect(client.call("DELETE", path, null), 204);
        refused(client.get(path), 404, "not_found");
    }

    @Test
    @DisplayName("POST /assets: 201 {asset_url}")
    void assets() {
        assertThat(picture).matches("asset://sha256/[0-9a-f]{64}\\.png");
        expect(client.get(pair.base() + "/assets/" + picture.substring(15, 79)), 200);
    }

    @Test
    @DisplayName("POST /assets: a presigned upload for large ones: 201 {asset_url}, usable as url")
    void large_assets() throws Exception {
        byte[] song = Large.song(33 << 20);
        JsonNode begun = expect(
                        post(
                                pair.base() + "/uploads",
                                "{\"size\": %d, \"sha256\": \"%s\", \"media_type\": \"audio/wav\"}"
                                        .formatted(song.length, Large.digest(song))),
                        201)
                .body();
        refused(post(begun.get("complete_url").asText(), null), 409, "conflict");
        assertThat(Large.send(begun.get("upload"), song)).isEqualTo(200);

        WalkAnswer kept = expect(post(begun.get("complete_url").asText(), null), 201);

        String url = kept.body().get("asset_url").asText();
        assertThat(url).isEqualTo("asset://sha256/" + Large.digest(song) + ".wav");
        ObjectNode film = film(1);
        film.putObject("background_music").put("url", url);
        String job = films.render(id(film), "local");
        assertThat(films.finished(job).path("status").asText()).isEqualTo("completed");
    }

    @Test
    @DisplayName("POST /projects/{id}/plan: 200 per scene, total, digest; spends nothing")
    void plan() throws Exception {
        JsonNode before = films.budget();

        JsonNode plan = expect(
                        post(pair.base() + "/projects/" + id(film(2)) + "/plan", "{\"provider\": \"runway\"}"), 200)
                .body();

        assertThat(names(plan)).contains("scenes", "total", "digest");
        assertThat(plan.get("scenes")).hasSize(2);
        plan.get("scenes").forEach(scene -> {
            assertThat(names(scene)).contains("decision", "provider", "cost", "estimated_seconds");
            assertThat(scene.get("decision").asText()).isIn("reuse", "new");
        });
        assertThat(films.budget()).isEqualTo(before);
    }

    @Test
    @DisplayName("POST /render/{project_id}: 202, 409, 422, 402")
    void render() throws Exception {
        String unapproved = id(film(1).put("approved", false));
        String path = pair.base() + "/render/";
        refused(post(path + unapproved, "{}"), 409, "not_approved");
        WalkAnswer incomplete = post(path + id(unpictured()), "{}");
        refused(incomplete, 422, "storyboard_incomplete");
        assertThat(incomplete.body().at("/errors/0/field").asText()).contains("scene_index=2");
        String approved = id(film(1));
        refused(
                post(path + approved, "{\"provider\": \"local\", \"plan_digest\": \"%s\"}".formatted(staleDigest())),
                409,
                "stale_plan");

        films.limit(BigDecimal.ZERO);
        WalkAnswer unpaid = post(path + approved, "{\"provider\": \"runway\"}");
        films.limit(null);
        refused(unpaid, 402, "over_budget");
        assertThat(names(unpaid.body())).contains("limit", "left", "needed", "resets_at");

        refused(post(path + approved, "{\"priority\": \"urgent\"}"), 400, "invalid_request");
        WalkAnswer accepted = expect(
                post(path + approved, "{\"provider\": \"mock\", \"fallback\": [], \"priority\": \"high\"}"), 202);

        assertThat(names(accepted.body())).containsExactlyInAnyOrder("job_id", "task_id", "status");
        assertThat(accepted.body().get("status").asText()).isEqualTo("processing");
        String job = accepted.body().get("job_id").asText();
        assertThat(accepted.body().get("task_id").asText()).isEqualTo(job);
        assertThat(accepted.header("Location")).endsWith(pair.base() + "/render/jobs/" + job);
        assertThat(expect(client.get(pair.base() + "/render/jobs/" + job), 200)
                        .body()
                        .get("priority")
                        .asText())
                .isEqualTo("high");
        refused(post(path + approved, "{\"provider\": \"mock\"}"), 409, "already_rendering");
        post(accepted.header("Location").substring(pair.api.url().length()) + "/cancel", null);
    }

    /** Of another storyboard. */
    private String staleDigest() throws Exception {
        return films.plan(id(film(3)), Films.JSON.createObjectNode().put("provider", "local"))
                .get("digest")
                .asText();
    }

    @Test
    @DisplayName("GET /render/jobs/{job_id}: 200, every field")
    void job() {
        JsonNode job =
                expect(client.get(pair.base() + "/render/jobs/" + render), 200).body();

        assertThat(names(job))
                .contains("job_id", "task_id", "project_id", "status", "progress", "message", "stage", "scenes")
                .contains("video_urls", "poster_url", "captions_url", "error_message", "error_code", "attempts")
                .contains("provider", "cost", "raw_results", "created_at", "started_at", "completed_at");
        assertThat(names(job.get("scenes"))).containsExactlyInAnyOrder("total", "completed");
        assertThat(names(job.get("cost"))).containsExactlyInAnyOrder("estimated", "actual", "possible", "currency");
        assertThat(names(job.at("/raw_results/0"))).containsExactlyInAnyOrder("status", "video_urls", "extra");
        assertThat(job.get("progress").asInt()).isEqualTo(100);
    }

    @Test
    @DisplayName("GET /render/jobs: filters status, project_id, kind, created_after")
    void jobs() {
        String path = pair.base() + "/render/jobs?project_id=" + project + "&kind=render&status=";
        assertThat(expect(client.get(path + "completed&created_after=2020-01-01T00:00:00Z"), 200)
                        .body()
                        .at("/items/0/job_id")
                        .asText())
                .isEqualTo(render);
        assertThat(expect(client.get(path + "failed"), 200).body().get("items")).isEmpty();
        assertThat(expect(client.get(path + "completed&created_after=2999-01-01T00:00:00Z"), 200)
                        .body()
                        .get("items"))
                .isEmpty();
        refused(client.get(path + "done"), 400, "invalid_request");
    }

    @Test
    @DisplayName("GET /render/jobs/{job_id}/events: SSE")
    void events() throws Exception {
        WalkAnswer stream = client.get(pair.base() + "/render/jobs/" + ContractRows.render + "/events");

        expect(stream, 200);
        assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
        assertThat(stream.text()).contains("id: 1\n", "retry: 2000\n", "event: progress\n", "event: completed\n");
        String[] events =
                stream.text().lines().filter(line -> line.startsWith("data:")).toArray(String[]::new);
        JsonNode last = Films.JSON.readTree(events[events.length - 1].substring(5));
        assertThat(names(last)).contains("status", "progress", "message", "timestamp", "task_id");
        WalkAnswer rest = client.call(
                "GET",
                pair.base() + "/render/jobs/" + ContractRows.render + "/events",
                null,
                "Last-Event-ID",
                String.valueOf(events.length - 1));
        assertThat(rest.text().lines().filter(line -> line.startsWith("data:")))
                .containsExactly(events[events.length - 1]);
    }

    @Test
    @DisplayName("GET /render/jobs/{job_id}/history: every event, attempts and costs")
    void history() {
        JsonNode history = expect(client.get(pair.base() + "/render/jobs/" + render + "/history"), 200)
                .body();

        assertThat(names(history)).containsExactlyInAnyOrder("job_id", "attempts", "cost", "events");
        assertThat(history.get("events").findValuesAsText("seq").get(0)).isEqualTo("1");
    }

    @Test
    @DisplayName("POST /render/jobs/{job_id}/cancel: 202; canceled, with its costs")
    void cancel() throws Exception {
        String job = films.render(id(film(1)), "mock");

        expect(post(pair.base() + "/render/jobs/" + job + "/cancel", null), 202);

        JsonNode ended = films.finished(job);
        assertThat(ended.get("status").asText()).isEqualTo("canceled");
        assertThat(ended.at("/cost/actual").decimalValue()).isZero();
        refused(post(pair.base() + "/render/jobs/" + render + "/cancel", null), 409, "conflict");
    }

    @Test
    @DisplayName("GET /events: SSE of the whole workspace")
    void workspace_events() throws Exception {
        HttpResponse<InputStream> stream = HttpClient.newHttpClient()
                .send(
                        client.request("GET", pair.base() + "/events", null)
                                .header("Authorization", "Bearer " + pair.token)
                                .build(),
                        BodyHandlers.ofInputStream());

        assertThat(stream.statusCode()).isEqualTo(200);
        assertThat(stream.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("retry: 2000");
        }
    }

    @Test
    @DisplayName("GET /budget, PUT /budget")
    void budget() throws Exception {
        WalkAnswer set = client.call(
                "PUT", pair.base() + "/budget", Films.JSON.readTree("{\"daily_limit\": 500, \"monthly_limit\": null}"));

        expect(set, 200);
        assertThat(client.get(pair.base() + "/budget").body()).isEqualTo(set.body());
        for (String window : new String[] {"daily", "monthly"}) {
            assertThat(names(set.body().get(window))).contains("limit", "spent", "reserved", "resets_at");
        }
    }
}
