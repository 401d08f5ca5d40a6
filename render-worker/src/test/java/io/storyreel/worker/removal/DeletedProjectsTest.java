package io.storyreel.worker.removal;

import io.storyreel.common.storage.ObjectKeys;
import io.storyreel.worker.RealPostgres;
import io.storyreel.worker.RealS3;
import io.vertx.mutiny.sqlclient.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** With a real Postgres and a real S3 server. */
class DeletedProjectsTest {
    @TempDir
    static Path folder;

    private static RealPostgres postgres;
    private static RealS3 s3;
    private static Remover remover;

    private final UUID workspace = UUID.randomUUID();
    private final String picture = digest();
    private final String clip = ObjectKeys.bought("clip", digest());
    private final String voice = ObjectKeys.speech(digest(), "wav");

    @BeforeAll
    static void start() throws Exception {
        postgres = new RealPostgres();
        s3 = new RealS3(folder, Map.of("storyreel.storage.patience", "1s"));
        remover = new Remover(postgres, s3.store, Map.of());
    }

    @AfterAll
    static void stop() throws Exception {
        s3.close();
        postgres.close();
    }

    @Test
    void removes_everything_but_the_record_of_what_was_spent() {
        UUID project = remover.project(workspace, showing(upload(workspace, picture)));
        UUID job = remover.job(workspace, project, "completed");
        String video = ObjectKeys.render(job, "video.mp4");
        String partOfFailed = ObjectKeys.render(remover.job(workspace, project, "failed"), "poster.jpg");
        used(job, clip, voice, asset(picture));
        put(video, partOfFailed, clip, voice, asset(picture));
        String export = ObjectKeys.export(job, digest(), "webm");
        put(export);
        postgres.execute(
                "insert into video_export (id, workspace_id, project_id, source_job_id, source_sha256, quality, parameters,"
                        + " format, cache_key, object_key, size_bytes, sha256, ready_at, removed_at)"
                        + " values ($1, $2, $3, $1, 'aa', 'low', '{}', 'webm', 'k', $4, 6, 'cc', now(), now())",
                Tuple.of(job, workspace, project, export));
        postgres.execute("insert into job_step (job_id, step, result) values ($1, 'store', '{}')", Tuple.of(job));
        postgres.execute(
                "insert into provider_task (job_id, workspace_id, purpose, scene, attempt, provider, digest, state,"
                        + " cost_actual) values ($1, $2, 'clip', 1, 1, 'runway', 'd', 'succeeded', 0.5)",
                Tuple.of(job, workspace));

        remover.delete(workspace, project);
        remover.round();

        assertThat(s3.has(video)).isFalse();
        assertThat(s3.has(partOfFailed)).isFalse();
        assertThat(s3.has(export)).isFalse();
        assertThat(count("select count(*) from video_export where project_id = $1", project))
                .isZero();
        assertThat(s3.has(clip)).isFalse();
        assertThat(s3.has(voice)).isFalse();
        assertThat(s3.has(asset(picture))).isFalse();
        assertThat(count("select count(*) from asset where workspace_id = $1", workspace))
                .isZero();
        assertThat(count("select count(*) from job_step where job_id = $1", job))
                .isZero();
        assertThat(count("select count(*) from object_use where user_id = $1", job))
                .isZero();
        assertThat(count("select count(*) from project_removal where project_id = $1", project))
                .isZero();
        assertThat(count("select count(*) from job where project_id = $1", project))
                .isEqualTo(2);
        assertThat(count("select count(*) from provider_task where job_id = $1 and cost_actual = 0.5", job))
                .isEqualTo(1);
        assertThat(remover.waiting()).isZero();
    }

    @Test
    void leaves_what_another_project_of_the_workspace_uses() {
        UUID project = remover.project(workspace, showing(upload(workspace, picture)));
        UUID other = remover.project(workspace, showing("asset://sha256/" + picture + ".png"));
        used(remover.job(workspace, project, "completed"), clip, voice, asset(picture));
        used(remover.job(workspace, other, "completed"), clip, voice);
        put(clip, voice, asset(picture));

        remover.delete(workspace, project);
        remover.round();

        assertThat(s3.has(clip)).isTrue();
        assertThat(s3.has(voice)).isTrue();
        assertThat(s3.has(asset(picture))).isTrue();
        assertThat(count("select count(*) from asset where workspace_id = $1", workspace))
                .isEqualTo(1);
        assertThat(count("select count(*) from project_removal where project_id = $1", project))
                .isZero();

        remover.delete(workspace, other);
        remover.round();

        assertThat(s3.has(clip)).isFalse();
        assertThat(s3.has(asset(picture))).isFalse();
    }

    @Test
    void leaves_the_same_upload_of_another_workspace() {
        UUID elsewhere = UUID.randomUUID();
        upload(elsewhere, picture);
        UUID project = remover.project(workspace, showing(upload(workspace, picture)));
        put(asset(picture));

        remover.delete(workspace, project);
        remover.round();

        assertThat(s3.has(asset(picture))).isTrue();
        assertThat(count("select count(*) from asset where workspace_id = $1", workspace))
                .isZero();
        assertThat(count("select count(*) from asset where workspace_id = $1", elsewhere))
                .isEqualTo(1);
    }

    @Test
    void leaves_what_a_job_reads_whose_project_shows_something_else_by_now_until_it_has_ended() {
        UUID project = remover.project(workspace, showing(upload(workspace, picture)));
        UUID other = remover.project(workspace, showing("asset://sha256/" + picture + ".png"));
        UUID running = remover.job(workspace, other, "processing");
        postgres.execute("delete from project_asset where project_id = $1", Tuple.of(other));
        put(asset(picture));

        remover.delete(workspace, project);
        remover.round();
        assertThat(s3.has(asset(picture))).isTrue();

        postgres.execute("update job set status = 'failed', completed_at = now() where id = $1", Tuple.of(running));
        remover.round();
        assertThat(s3.has(asset(picture))).isFalse();
    }

    @Test
    void stops_the_projects_jobs_and_waits_until_they_have_stopped() {
        UUID project = remover.project(workspace, "{}");
        UUID running = remover.job(workspace, project, "processing");
        UUID waiting = remover.job(workspace, project, "pending");
        String video = ObjectKeys.render(running, "video.mp4");
        put(video);

        remover.delete(workspace, project);
        remover.round();

        assertThat(count("select count(*) from job where id = $1 and status = 'canceled'", waiting))
                .isEqualTo(1);
        assertThat(count("select count(*) from job where id = $1 and cancel_requested_at is not null", running))
                .isEqualTo(1);
        assertThat(s3.has(video)).isTrue();

        postgres.execute("update job set status = 'canceled', completed_at = now() where id = $1", Tuple.of(running));
        remover.round();
        assertThat(s3.has(video)).isFalse();
    }

    @Test
    void a_project_that_is_saved_at_that_moment_keeps_its_upload() {
        UUID project = remover.project(workspace, showing(upload(workspace, picture)));
        put(asset(picture));
        remover.delete(workspace, project);
        var saving = postgres.pool.getConnection().await().atMost(RealPostgres.LIMIT);
        var transaction = saving.begin().await().atMost(RealPostgres.LIMIT);
        saving.preparedQuery("insert into video_project (id, workspace_id, title, storyboard, spec_digest)"
                        + " values (gen_random_uuid(), $1, 'a film', $2::text::jsonb, 'd')")
                .execute(Tuple.of(workspace, showing("asset://sha256/" + picture + ".png")))
                .await()
                .atMost(RealPostgres.LIMIT);

        remover.round();
        transaction.commit().await().atMost(RealPostgres.LIMIT);
        saving.close().await().atMost(RealPostgres.LIMIT);
        remover.round();

        assertThat(s3.has(asset(picture))).isTrue();
        assertThat(count("select count(*) from asset where workspace_id = $1", workspace))
                .isEqualTo(1);
        assertThat(count("select count(*) from project_removal where project_id = $1", project))
                .isZero();
    }

    private static String digest() {
        return (UUID.randomUUID().toString() + UUID.randomUUID()).replace("-", "");
    }

    private static String asset(String sha256) {
        return ObjectKeys.content(sha256, "png");
    }

    /** @return its address */
    private static String upload(UUID workspace, String sha256) {
        postgres.execute(
                "insert into asset (workspace_id, sha256, extension, media_type, size_bytes)"
                        + " values ($1, $2, 'png', 'image/png', 7)",
                Tuple.of(workspace, sha256));
        return "asset://sha256/" + sha256 + ".png";
    }

    private static String showing(String url) {
        return "{\"storyboard\": [{\"scene_index\": 1, \"image_url\": \"" + url + "\", \"duration\": 1}]}";
    }

    private static void used(UUID job, String... keys) {
        remover.use(job, keys);
    }

    private static void put(String... keys) {
        for (String key : keys) {
            s3.put(key);
        }
    }

    private static long count(String sql, UUID id) {
        return postgres.rows(sql, Tuple.of(id)).get(0).getLong(0);
    }
}
