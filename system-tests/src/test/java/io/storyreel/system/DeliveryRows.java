package io.storyreel.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The rows about storyboards and delivery. */
abstract class DeliveryRows extends ContractRows {
    private static final String JOBS = "/api/v2/jobs/";

    @Test
    @DisplayName("POST /api/v2/jobs: 201")
    void create() {
        WalkAnswer answer = expect(client.post("/api/v2/jobs", film(1)), 201);

        assertThat(answer.body().get("job_id")).isEqualTo(answer.body().get("id"));
        assertThat(answer.header("Location"))
                .endsWith(JOBS + answer.body().get("job_id").asText());
    }

    @Test
    @DisplayName("GET /api/v2/jobs/{job_id}: exactly these fields")
    void get() {
        WalkAnswer answer = expect(client.get(JOBS + project), 200);

        assertThat(names(answer.body()))
                .containsExactlyInAnyOrder(
                        "job_id",
                        "status",
                        "approved",
                        "storyboard_data",
                        "progress",
                        "estimated_cost",
                        "actual_cost",
                        "video_url",
                        "error",
                        "retry_count");
        assertThat(names(answer.body().get("progress")))
                .containsExactlyInAnyOrder(
                        "current_stage",
                        "message",
                        "scenes_total",
                        "scenes_completed",
                        "current_scene",
                        "estimated_completion_seconds");
        assertThat(answer.body().get("status").asText()).isEqualTo("completed");
        expect(client.call("GET", JOBS + project, null, "If-None-Match", answer.header("ETag")), 304);
    }

    @Test
    @DisplayName("POST …/approve: 200 {status, job_id, render_job_id}, 409, 422")
    void approve() throws Exception {
        String job = id(film(1).put("approved", false));

        JsonNode started = expect(post(JOBS + job + "/approve", "{\"provider\": \"mock\"}"), 200)
                .body();

        assertThat(names(started)).containsExactlyInAnyOrder("status", "job_id", "render_job_id");
        assertThat(started.get("status").asText()).isEqualTo("rendering_started");
        refused(post(JOBS + job + "/approve", "{\"provider\": \"mock\"}"), 409, "already_rendering");
        refused(post(JOBS + id(unpictured()) + "/approve", null), 422, "storyboard_incomplete");
        post(pair.base() + "/render/jobs/" + started.get("render_job_id").asText() + "/cancel", null);
    }

    @Test
    @DisplayName("POST …/images: 202")
    void images() throws Exception {
        String job = id(unpictured());

        WalkAnswer answer = expect(post(JOBS + job + "/images", null), 202);

        assertThat(answer.header("Location")).endsWith(JOBS + job);
        assertThat(answer.body().get("images")).hasSize(1);
        films.finished(answer.body().at("/images/0/image_job_id").asText());
        assertThat(client.get(JOBS + job)
                        .body()
                        .at("/storyboard_data/1/image_url")
                        .asText())
                .startsWith("asset://");
    }

    @Test
    @DisplayName("POST …/refine: 200, 202, 400, 429; +0.02; approval is taken back")
    void refine() throws Exception {
        String job = id(film(1));
        String refine = JOBS + job + "/refine?scene_number=1";
        double before = client.get(JOBS + job).body().get("estimated_cost").asDouble();

        JsonNode refined = expect(post(refine + "&new_image_prompt=A+harbour+at+dawn", null), 200)
                .body();

        assertThat(refined.get("approved").asBoolean()).isFalse();
        assertThat(refined.get("estimated_cost").asDouble() - before).isCloseTo(0.02, within(1e-6));
        WalkAnswer later =
                client.call("POST", refine + "&new_image_prompt=A+harbour+at+night", null, "Prefer", "respond-async");
        expect(later, 202);
        films.finished(later.body().get("image_job_id").asText());
        for (int i = 0; i < 3; i++) {
            expect(post(refine + "&new_description=At+the+harbour+" + i, null), 200);
        }
        refused(post(refine + "&new_description=Once+too+often", null), 429, "refined_too_often");
        refused(post(refine, null), 400, "invalid_request");
        refused(post(refine + "&new_description=short", null), 400, "invalid_request");
        refused(post(refine.replace("=1", "=7") + "&new_description=No+such+scene", null), 400, "invalid_request");
    }

    @Test
    @DisplayName("POST …/reorder: 200, 400; approval is taken back")
    void reorder() throws Exception {
        ObjectNode film = film(2);
        ((ObjectNode) film.at("/storyboard/1")).put("duration", 2);
        String reorder = JOBS + id(film) + "/reorder?";

        JsonNode reordered =
                expect(post(reorder + "scene_order=2&scene_order=1", null), 200).body();

        assertThat(reordered.at("/storyboard_data/0/duration").asDouble()).isEqualTo(2);
        assertThat(reordered.at("/storyboard_data/0/scene_index").asInt()).isEqualTo(1);
        assertThat(reordered.get("approved").asBoolean()).isFalse();
        WalkAnswer missing = post(reorder + "scene_order=1", null);
        refused(missing, 400, "invalid_request");
        assertThat(missing.body().get("detail").asText()).contains("scene 2");
        refused(post(reorder + "scene_order=1&scene_order=1&scene_order=2", null), 400, "invalid_request");
    }

    @Test
    @DisplayName("GET …/metadata: 200 without a token, exactly these fields")
    void metadata() {
        JsonNode body = expect(client.call(client.request("GET", JOBS + project + "/metadata", null)), 200)
                .body();

        assertThat(names(body))
                .containsExactlyInAnyOrder(
                        "job_id",
                        "status",
                        "created_at",
                        "updated_at",
                        "approved",
                        "approved_at",
                        "scenes",
                        "costs",
                        "metrics",
                        "video",
                        "error");
        assertThat(names(body.get("scenes"))).containsExactlyInAnyOrder("total", "completed", "failed", "details");
        assertThat(names(body.at("/scenes/details/0")))
                .containsExactlyInAnyOrder("scene_number", "duration", "status", "has_image");
        assertThat(names(body.get("costs"))).containsExactlyInAnyOrder("estimated", "actual", "currency");
        assertThat(names(body.get("metrics"))).containsExactlyInAnyOrder("refinement_count", "download_count");
        assertThat(names(body.get("video"))).containsExactlyInAnyOrder("available", "url", "parameters");
        assertThat(names(body.at("/video/parameters"))).containsExactlyInAnyOrder("duration", "aspect_ratio", "style");
    }

    @Test
    @DisplayName("GET …/video and /api/videos/{job_id}/data: the MP4, Range, ETag, Content-Disposition, 404")
    void video() {
        for (String path : new String[] {JOBS + project + "/video", "/api/videos/" + project + "/data"}) {
            WalkAnswer whole = expect(client.get(path), 200);
            assertThat(whole.header("Content-Type")).isEqualTo("video/mp4");
            assertThat(whole.header("Content-Disposition")).contains("Contract.mp4");
            WalkAnswer part = expect(client.call("GET", path, null, "Range", "bytes=0-11"), 206);
            assertThat(part.text()).contains("ftyp").hasSize(12);
            assertThat(part.header("ETag")).isEqualTo(whole.header("ETag")).isNotEmpty();
            expect(client.call("GET", path, null, "If-None-Match", whole.header("ETag")), 304);
            refused(client.get(path.replace(project, id(film(1)))), 404, "not_found");
        }
    }

    @Test
    @DisplayName("GET …/export: 200, 202 with Location, 400")
    void export() {
        String export = JOBS + project + "/export?format=mov&quality=low";
        WalkAnswer later = expect(client.call("GET", export, null, "Prefer", "respond-async"), 202);
        assertThat(later.header("Location")).contains("/exports/");

        WalkAnswer file = expect(client.get(export), 200);

        assertThat(file.header("Content-Disposition")).contains("-low.mov");
        refused(client.get(export.replace("mov", "avi")), 400, "invalid_request");
        refused(client.get(export.replace("low", "best")), 400, "invalid_request");
        refused(client.get(export.replace(project, id(film(1)))), 400, "invalid_request");
    }

    @Test
    @DisplayName("GET …/poster, GET …/captions?format=srt|vtt")
    void poster_and_captions() {
        assertThat(expect(client.get(JOBS + project + "/poster"), 200).header("Content-Type"))
                .isEqualTo("image/jpeg");
        assertThat(expect(client.get(JOBS + project + "/captions?format=srt"), 200)
                        .text())
                .contains("-->", "Once upon a time.");
        assertThat(expect(client.get(JOBS + project + "/captions?format=vtt"), 200)
                        .text())
                .startsWith("WEBVTT");
        refused(client.get(JOBS + project + "/captions?format=ass"), 400, "invalid_request");
    }
}
