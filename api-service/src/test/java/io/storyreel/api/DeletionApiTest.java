package io.storyreel.api;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.storyreel.common.storage.ObjectStore;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
@QuarkusTestResource(Backends.class)
class DeletionApiTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    /** As much of a picture as is looked at. */
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 1, 2, 3, 4, 5, 6, 7, 9};

    @Inject
    Pool pool;

    @Inject
    ObjectStore store;

    @Inject
    ReportingWorker worker;

    private final Workspace workspace = new Workspace();
    private String project;
    private String render;

    @BeforeEach
    void aFinishedRender() throws IOException {
        worker.report();
        project = workspace.project();
        render = workspace.render(project);
        String key = "renders/" + render + "/video.mp4";
        Path file = Files.writeString(Files.createTempFile("video", ".mp4"), "0123456789");
        store.put(key, file, "video/mp4").await().atMost(SOON);
        Files.delete(file);
        execute(
                "update job set status = 'completed', completed_at = now(), result = $2::text::jsonb where id = $1",
                UUID.fromString(render),
                "{\"video\": {\"key\": \"" + key + "\", \"sha256\": \"" + "a".repeat(64)
                        + "\", \"media_type\": \"video/mp4\", \"size\": 10, \"seconds\": 4.0}, \"warnings\": []}");
    }

    @Test
    void a_deleted_project_and_its_files_are_gone_at_once_but_what_was_spent_is_known() {
        workspace.request().get(video()).then().statusCode(200);

        workspace
                .request()
                .delete(workspace.path("/projects/" + project))
                .then()
                .statusCode(204);

        workspace.request().get(workspace.path("/projects/" + project)).then().statusCode(404);
        workspace.request().get(video()).then().statusCode(404).body("code", equalTo("not_found"));
        workspace
                .request()
                .get(workspace.path("/render/jobs/" + render))
                .then()
                .statusCode(200)
                .body("status", equalTo("completed"))
                .body("video_urls", empty())
                .body("raw_results", empty())
                .body("cost.actual", nullValue());
        workspace
                .request()
                .get(workspace.path("/render/jobs/" + render + "/exports"))
                .then()
                .statusCode(404);
        assertThat(count("select count(*) from project_removal where project_id = $1", project))
                .isEqualTo(1);
        workspace
                .request()
                .delete(workspace.path("/projects/" + project))
                .then()
                .statusCode(404);
    }

    @Test
    void another_workspaces_project_is_not_found_and_stays() {
        new Workspace()
                .request()
                .delete(workspace.path("/projects/" + project))
                .then()
                .statusCode(404);
        Workspace other = new Workspace();
        other.request().delete(other.path("/projects/" + project)).then().statusCode(404);

        workspace.request().get(workspace.path("/projects/" + project)).then().statusCode(200);
    }

    @Test
    void deleting_cancels_every_job_of_the_project() {
        workspace
                .json("{\"exports\": [{\"format\": \"mp4\", \"quality\": \"low\"}]}")
                .post(workspace.path("/render/jobs/" + render + "/exports"))
                .then()
                .statusCode(202);
        String again = workspace.render(project);
        execute(
                "update job set status = 'processing', lease_owner = gen_random_uuid() where id = $1",
                UUID.fromString(again));

        workspace
                .request()
                .delete(workspace.path("/projects/" + project))
                .then()
                .statusCode(204);

        assertThat(count(
                        "select count(*) from job where project_id = $1 and kind = 'export' and status = 'canceled'",
                        project))
                .isEqualTo(1);
        assertThat(count("select count(*) from job where id = $1 and cancel_requested_at is not null", again))
                .isEqualTo(1);
        assertThat(count("select count(*) from video_export where project_id = $1 and removed_at is null", project))
                .isZero();
    }

    @Test
    void says_that_files_were_removed_because_they_had_been_kept_long_enough() {
        execute(
                "update job set result = result - 'video' || '{\"removed\": {\"at\": \"2026-11-21T10:00:00Z\","
                        + " \"reason\": \"retention\"}}' where id = $1",
                UUID.fromString(render));

        workspace
                .request()
                .get(video())
                .then()
                .statusCode(410)
                .body("code", equalTo("removed"))
                .body("detail", containsString("2026-11-21T10:00:00Z"));
        workspace
                .request()
                .get(workspace.path("/render/jobs/" + render))
                .then()
                .body("video_urls", empty())
                .body("files_removed_at", equalTo("2026-11-21T10:00:00Z"));
        workspace
                .request()
                .get(workspace.path("/projects/" + project))
                .then()
                .body("files_removed_at", equalTo("2026-11-21T10:00:00Z"));
        workspace
                .json("{\"exports\": [{\"format\": \"mp4\", \"quality\": \"low\"}]}")
                .post(workspace.path("/render/jobs/" + render + "/exports"))
                .then()
                .statusCode(410)
                .body("code", equalTo("removed"));
    }

    @Test
    void the_same_upload_again_begins_its_time_anew_and_holds_nothing_afterwards() {
        assertThat(upload()).isEqualTo(upload());

        assertThat(count("select count(*) from asset where workspace_id = $1", workspace.id.toString()))
                .isEqualTo(1);
        assertThat(pool.query("select count(*) from object_use where object_key like 'content/%'")
                        .execute()
                        .await()
                        .atMost(SOON)
                        .iterator()
                        .next()
                        .getLong(0))
                .isZero();
    }

    @Test
    void a_project_remembers_the_uploads_it_names() {
        String url = upload();
        String named = workspace
                .json(Workspace.storyboard("{\"scene_index\": 1, \"image_url\": \"" + url + "\", \"duration\": 2}"))
                .post(workspace.path("/projects"))
                .then()
                .statusCode(201)
                .body("storyboard", hasSize(1))
                .body("id", notNullValue())
                .extract()
                .path("id");

        assertThat(count("select count(*) from project_asset where project_id = $1", named))
                .isEqualTo(1);
    }

    private String upload() {
        return workspace
                .request()
                .multiPart("file", "a.png", PNG)
                .post(workspace.path("/assets"))
                .then()
                .statusCode(201)
                .extract()
                .path("asset_url");
    }

    private String video() {
        return workspace.path("/render/jobs/" + render + "/video");
    }

    private long count(String sql, String id) {
        return pool.preparedQuery(sql)
                .execute(Tuple.of(UUID.fromString(id)))
                .await()
                .atMost(SOON)
                .iterator()
                .next()
                .getLong(0);
    }

    private void execute(String sql, Object... values) {
        pool.preparedQuery(sql).execute(Tuple.from(values)).await().atMost(SOON);
    }
}
