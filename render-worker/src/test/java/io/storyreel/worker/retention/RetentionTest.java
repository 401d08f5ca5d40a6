package io.storyreel.worker.retention;

import io.storyreel.common.storage.ObjectKeys;
import io.storyreel.worker.RealPostgres;
import io.storyreel.worker.RealS3;
import io.storyreel.worker.TestSettings;
import io.storyreel.worker.removal.Remover;
import io.storyreel.worker.run.Chore;
import io.vertx.mutiny.sqlclient.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** With a real Postgres and a real S3 server. */
class RetentionTest {
    @TempDir
    static Path folder;

    private static RealPostgres postgres;
    private static RealS3 s3;
    private static Remover remover;

    private final UUID workspace = UUID.randomUUID();
    private final UUID project = remover.project(workspace, "{}");

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
    void keeps_everything_unless_it_is_told_otherwise() {
        UUID old = render("1000 days", 1000);
        s3.put(video(old));

        all(Map.of());
        remover.fileRound();

        assertThat(s3.has(video(old))).isTrue();
        assertThat(removedAt(old)).isNull();
    }

    @Test
    void gives_up_the_files_of_old_renders_and_says_so() {
        UUID old = render("31 days", 31);
        UUID young = render("29 days", 29);
        s3.put(video(old));
        s3.put(video(young));

        run(new OldVideos(postgres.pool, settings(Map.of("storyreel.retention.videos", "30d"))));
        remover.fileRound();

        assertThat(s3.has(video(old))).isFalse();
        assertThat(removedAt(old)).isNotNull();
        assertThat(s3.has(video(young))).isTrue();
        assertThat(removedAt(young)).isNull();
    }

    @Test
    void keeps_the_latest_renders_of_each_project() {
        UUID first = render("3 hours", 3);
        UUID second = render("2 hours", 2);
        UUID third = render("1 hour", 1);
        UUID another = remover.project(workspace, "{}");
        UUID only = render(another, "5 hours", 5);

        run(new OldVideos(postgres.pool, settings(Map.of("storyreel.retention.renders", "2"))));

        assertThat(removedAt(first)).isNotNull();
        assertThat(removedAt(second)).isNull();
        assertThat(removedAt(third)).isNull();
        assertThat(removedAt(only)).isNull();
    }

    @Test
    void keeps_a_video_that_is_being_exported() {
        UUID old = render("31 days", 31);
        UUID export = remover.job(workspace, project, "processing");
        postgres.execute("update job set kind = 'export' where id = $1", Tuple.of(export));

        run(new OldVideos(postgres.pool, settings(Map.of("storyreel.retention.videos", "30d"))));

        assertThat(removedAt(old)).isNull();
    }

    @Test
    void keeps_at_least_one_render() {
        assertThatThrownBy(() -> new OldVideos(postgres.pool, settings(Map.of("storyreel.retention.renders", "0"))))
                .hasMessageContaining("storyreel.retention.renders must be at least 1");
    }

    @Test
    void removes_the_history_of_old_jobs_but_not_how_they_ended() {
        UUID old = render("31 days", 31);
        UUID young = render("1 day", 1);
        for (UUID job : new UUID[] {old, young}) {
            postgres.execute("update job set last_event = 3 where id = $1", Tuple.of(job));
            postgres.execute(
                    "insert into job_event (job_id, seq, type, status, progress)"
                            + " select $1, n, 'progress', 'processing', 0 from generate_series(1, 3) n",
                    Tuple.of(job));
            postgres.execute("insert into job_step (job_id, step, result) values ($1, 'store', '{}')", Tuple.of(job));
        }

        run(new OldHistories(new EndedJobs(postgres.pool), settings(Map.of("storyreel.retention.histories", "30d"))));

        assertThat(count("select count(*) from job_event where job_id = $1", old))
                .isEqualTo(1);
        assertThat(count("select max(seq) from job_event where job_id = $1", old))
                .isEqualTo(3);
        assertThat(count("select count(*) from job_step where job_id = $1", old))
                .isZero();
        assertThat(count("select count(*) from job_event where job_id = $1", young))
                .isEqualTo(3);
        assertThat(count("select count(*) from job_step where job_id = $1", young))
                .isEqualTo(1);
    }

    @Test
    void gives_up_the_materials_of_old_jobs_unless_a_later_one_needs_them() {
        String mine = ObjectKeys.bought("clip", digest());
        String shared = ObjectKeys.bought("clip", digest());
        remover.use(render("31 days", 31), mine, shared);
        remover.use(render("1 day", 1), shared);
        s3.put(mine);
        s3.put(shared);

        run(new OldMaterials(new EndedJobs(postgres.pool), settings(Map.of("storyreel.retention.materials", "30d"))));
        remover.fileRound();

        assertThat(s3.has(mine)).isFalse();
        assertThat(s3.has(shared)).isTrue();
    }

    @Test
    void removes_uploads_that_no_project_has_ever_named() {
        String unused = upload("31 days");
        String young = upload("29 days");
        String used = upload("31 days");
        remover.project(workspace, "{\"image_url\": \"asset://sha256/" + used + ".png\"}");

        run(new UnusedUploads(postgres.pool, remover.removals, settings(Map.of("storyreel.retention.uploads", "30d"))));
        remover.fileRound();

        assertThat(s3.has(ObjectKeys.content(unused, "png"))).isFalse();
        assertThat(s3.has(ObjectKeys.content(young, "png"))).isTrue();
        assertThat(s3.has(ObjectKeys.content(used, "png"))).isTrue();
    }

    private static void all(Map<String, String> values) {
        RetentionSettings settings = settings(values);
        run(new OldVideos(postgres.pool, settings));
        run(new OldHistories(new EndedJobs(postgres.pool), settings));
        run(new OldMaterials(new EndedJobs(postgres.pool), settings));
        run(new UnusedUploads(postgres.pool, remover.removals, settings));
    }

    private static void run(Chore chore) {
        chore.round(folder).await().atMost(RealPostgres.LIMIT);
    }

    private static RetentionSettings settings(Map<String, String> values) {
        return TestSettings.of(RetentionSettings.class, values);
    }

    private UUID render(String age, int order) {
        return render(project, age, order);
    }

    /** A completed render; {@code order} days or hours ago, so that later ones have been made later. */
    private UUID render(UUID ofProject, String age, int order) {
        UUID job = remover.job(workspace, ofProject, "completed");
        postgres.execute(
                "update job set completed_at = now() - $2::text::interval, created_at = now() - $3 * interval '1 hour',"
                        + " result = jsonb_build_object('video', jsonb_build_object('key', $4::text)) where id = $1",
                Tuple.of(job, age, order, video(job)));
        return job;
    }

    private String upload(String age) {
        String sha256 = digest();
        postgres.execute(
                "insert into asset (workspace_id, sha256, extension, media_type, size_bytes, created_at)"
                        + " values ($1, $2, 'png', 'image/png', 7, now() - $3::text::interval)",
                Tuple.of(workspace, sha256, age));
        s3.put(ObjectKeys.content(sha256, "png"));
        return sha256;
    }

    private static String video(UUID job) {
        return ObjectKeys.render(job, "video.mp4");
    }

    private static Object removedAt(UUID job) {
        return postgres.rows("select result -> 'removed' ->> 'at' as at from job where id = $1", Tuple.of(job))
                .get(0)
                .getValue("at");
    }

    private static long count(String sql, UUID id) {
        return postgres.rows(sql, Tuple.of(id)).get(0).getLong(0);
    }

    private static String digest() {
        return (UUID.randomUUID().toString() + UUID.randomUUID()).replace("-", "");
    }
}
