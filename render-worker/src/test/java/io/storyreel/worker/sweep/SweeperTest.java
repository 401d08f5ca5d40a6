package io.storyreel.worker.sweep;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.storyreel.common.storage.ObjectKeys;
import io.storyreel.worker.RealPostgres;
import io.storyreel.worker.RealS3;
import io.storyreel.worker.TestSettings;
import io.storyreel.worker.removal.Remover;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** With a real Postgres and a real S3 server. The clock of the sweeper is two days ahead, so that every file is old. */
class SweeperTest {
    private static final Clock IN_TWO_DAYS = Clock.offset(Clock.systemUTC(), Duration.ofDays(2));

    @TempDir
    static Path folder;

    private static RealPostgres postgres;
    private static RealS3 s3;
    private static Remover remover;

    private final UUID workspace = UUID.randomUUID();

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

    @BeforeEach
    void clear() {
        postgres.execute("delete from object_sweep", Tuple.tuple());
        postgres.execute("delete from object_removal", Tuple.tuple());
        ObjectKeys.prefixes().forEach(prefix -> s3.keys(prefix)
                .forEach(key -> s3.store.delete(key).await().atMost(RealPostgres.LIMIT)));
    }

    @Test
    void removes_what_the_database_does_not_know_under_every_prefix_and_nothing_else() {
        UUID project = remover.project(workspace, "{}");
        UUID job = remover.job(workspace, project, "completed");
        UUID running = remover.job(workspace, project, "processing");
        String clip = ObjectKeys.bought("clip", digest());
        String voice = ObjectKeys.speech(digest(), "wav");
        String video = ObjectKeys.render(job, "video.mp4");
        String upload = digest();
        String exported = digest();
        remover.use(job, clip, voice);
        postgres.execute(
                "update job set result = jsonb_build_object('video', jsonb_build_object('key', $2::text)) where id = $1",
                Tuple.of(job, video));
        postgres.execute(
                "insert into asset (workspace_id, sha256, extension, media_type, size_bytes)"
                        + " values ($1, $2, 'png', 'image/png', 7)",
                Tuple.of(workspace, upload));
        String export = ObjectKeys.export(job, exported, "webm");
        postgres.execute(
                "insert into video_export (id, workspace_id, project_id, source_job_id, source_sha256, quality, parameters,"
                        + " format, cache_key, object_key, size_bytes, sha256, ready_at)"
                        + " values (gen_random_uuid(), $1, $2, $3, 'aa', 'low', '{}', 'webm', 'k', $4, 6, 'cc', now())",
                Tuple.of(workspace, project, job, export));
        List<String> known = List.of(
                clip,
                voice,
                video,
                ObjectKeys.content(upload, "png"),
                export,
                ObjectKeys.render(running, "video.webm"),
                ObjectKeys.export(running, digest(), "mp4"));
        List<String> orphans = List.of(
                ObjectKeys.bought("clip", digest()),
                ObjectKeys.bought("image", digest()),
                ObjectKeys.bought("video", digest()),
                ObjectKeys.speech(digest(), "wav"),
                ObjectKeys.content(digest(), "png"),
                ObjectKeys.content(upload, "mp3"),
                ObjectKeys.render(UUID.randomUUID(), "video.mp4"),
                ObjectKeys.render(job, "poster.jpg"),
                ObjectKeys.export(job, digest(), "webm"),
                ObjectKeys.sentUpload(UUID.randomUUID()),
                ObjectKeys.sealedUpload(UUID.randomUUID(), UUID.randomUUID()));
        List<String> strange = List.of("renders/readme.txt", "clips/ab/of-somebody-else", "backups/2026/dump.sql");
        Stream.of(known, orphans, strange).flatMap(List::stream).forEach(s3::put);

        sweep(Map.of("storyreel.sweeper.page", "2"));
        remover.fileRound();

        orphans.forEach(key -> assertThat(s3.has(key)).as(key).isFalse());
        Stream.of(known, strange)
                .flatMap(List::stream)
                .forEach(key -> assertThat(s3.has(key)).as(key).isTrue());
        Row report = report();
        assertThat(report.getLong("listed")).isEqualTo(known.size() + orphans.size() + 2);
        assertThat(report.getLong("needed")).isEqualTo(known.size());
        assertThat(report.getLong("strange")).isEqualTo(2);
        assertThat(report.getLong("orphans")).isEqualTo(orphans.size());
        assertThat(report.getLong("removed")).isEqualTo(orphans.size());
        assertThat(report.getLong("removed_bytes"))
                .isEqualTo(report.getLong("orphan_bytes"))
                .isPositive();
        assertThat(report.getArrayOfStrings("samples")).containsExactlyInAnyOrderElementsOf(orphans);
        assertThat(report.getOffsetDateTime("ended_at")).isNotNull();
    }

    @Test
    void leaves_young_files_alone() {
        String clip = ObjectKeys.bought("clip", digest());
        s3.put(clip);

        sweeper(Map.of(), Clock.systemUTC()).round(folder).await().atMost(RealPostgres.LIMIT);
        remover.fileRound();

        assertThat(s3.has(clip)).isTrue();
        assertThat(report().getLong("young")).isEqualTo(1);
    }

    @Test
    void only_tells_when_it_is_only_to_tell() {
        String clip = ObjectKeys.bought("clip", digest());
        s3.put(clip);

        sweep(Map.of("storyreel.sweeper.dry-run", "true"));
        remover.fileRound();

        assertThat(s3.has(clip)).isTrue();
        assertThat(report().getLong("orphans")).isEqualTo(1);
        assertThat(report().getArrayOfStrings("samples")).containsExactly(clip);
    }

    @Test
    void a_file_that_is_used_after_it_was_found_stays() {
        String clip = ObjectKeys.bought("clip", digest());
        s3.put(clip);
        sweep(Map.of());
        remover.use(remover.job(workspace, UUID.randomUUID(), "processing"), clip);

        remover.fileRound();

        assertThat(s3.has(clip)).isTrue();
        assertThat(report().getLong("removed")).isZero();
    }

    @Test
    void one_worker_sweeps_at_a_time_and_another_goes_on_where_a_dead_one_was() {
        String clip = ObjectKeys.bought("clip", digest());
        s3.put(clip);
        var dead = new Sweeps(postgres.pool, settings(Map.of()));
        Sweep begun = dead.mine().await().atMost(RealPostgres.LIMIT);
        postgres.execute("update object_sweep set prefix = 1", Tuple.tuple());

        sweep(Map.of());
        assertThat(report().getOffsetDateTime("ended_at")).isNull();

        postgres.execute("update object_sweep set lease_until = now()", Tuple.tuple());
        sweep(Map.of());
        assertThat(report().getUUID("id")).isEqualTo(begun.id());
        assertThat(report().getOffsetDateTime("ended_at")).isNotNull();
        assertThat(dead.advance(
                                begun,
                                begun.nextPrefix(),
                                SweptPage.of("clips/", List.of(), IN_TWO_DAYS.instant()),
                                List.of())
                        .await()
                        .atMost(RealPostgres.LIMIT))
                .isNull();
    }

    @Test
    void does_not_sweep_again_before_it_is_time() {
        sweep(Map.of());
        sweep(Map.of());
        assertThat(postgres.rows("select * from object_sweep", Tuple.tuple())).hasSize(1);

        sweep(Map.of("storyreel.sweeper.interval", "0s"));
        assertThat(postgres.rows("select * from object_sweep", Tuple.tuple())).hasSize(2);
    }

    private static void sweep(Map<String, String> settings) {
        sweeper(settings, IN_TWO_DAYS).round(folder).await().atMost(RealPostgres.LIMIT);
    }

    private static Sweeper sweeper(Map<String, String> settings, Clock clock) {
        SweepSettings all = settings(settings);
        return new Sweeper(new Sweeps(postgres.pool, all), s3.store, all, new SimpleMeterRegistry(), clock);
    }

    private static SweepSettings settings(Map<String, String> settings) {
        return TestSettings.of(SweepSettings.class, new HashMap<>(settings));
    }

    private static Row report() {
        return postgres.rows("select * from object_sweep order by begun_at desc limit 1", Tuple.tuple())
                .get(0);
    }

    private static String digest() {
        return (UUID.randomUUID().toString() + UUID.randomUUID()).replace("-", "");
    }
}
