package io.storyreel.worker.export;

import io.storyreel.common.export.BuiltInPreset;
import io.storyreel.common.export.ExportOrder;
import io.storyreel.common.export.ExportParameters;
import io.storyreel.common.job.ClaimedJob;
import io.storyreel.common.job.JobKind;
import io.storyreel.common.job.Lease;
import io.storyreel.common.storyboard.OutputFormat;
import io.storyreel.worker.FolderStore;
import io.storyreel.worker.RealPostgres;
import io.storyreel.worker.ScriptedRun;
import io.storyreel.worker.TestSettings;
import io.storyreel.worker.media.Ffmpeg;
import io.storyreel.worker.media.MediaFile;
import io.storyreel.worker.media.MediaProbe;
import io.storyreel.worker.media.TestFfmpeg;
import io.storyreel.worker.media.Track;
import io.storyreel.worker.media.Transcoder;
import io.storyreel.worker.run.JobFailure;
import io.storyreel.worker.run.JobResult;
import io.storyreel.worker.run.JobRun;
import io.storyreel.worker.run.WorkerSettings;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Around a real ffmpeg and a real Postgres; only the object store is a folder. */
class ExportHandlerTest {
    private static final String SOURCE = "renders/a/video.mp4";
    private static final String CUES = "\u001c\u0053\u00bb\u006b";
    private static final String CLUSTER = "\u001f\u0043\u00b6\u0075";
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final ExportParameters SMALL = new ExportParameters(320, 180, 300, 64, null, null);

    @TempDir
    static Path folder;

    private static RealPostgres postgres;
    private static FolderStore store;
    private static MediaProbe probe;
    private static ExportHandler handler;

    @BeforeAll
    static void start() throws Exception {
        postgres = new RealPostgres();
        store = new FolderStore(folder.resolve("store"));
        Ffmpeg ffmpeg = new Ffmpeg(TestFfmpeg.config());
        probe = new MediaProbe(ffmpeg, TestFfmpeg.config());
        handler = new ExportHandler(
                new ExportShelf(postgres.pool),
                store,
                probe,
                new ExportEncoder(
                        new Transcoder(ffmpeg, TestFfmpeg.config()),
                        probe,
                        TestSettings.of(ExportSettings.class, Map.of())),
                TestSettings.of(WorkerSettings.class, Map.of()));
        Files.createDirectories(store.path(SOURCE).getParent());
        source("320x180", store.path(SOURCE));
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    private static void source(String size, Path target) {
        TestFfmpeg.make(
                folder,
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=" + size + ":rate=25:duration=1.2",
                "-f",
                "lavfi",
                "-i",
                "sine=440:duration=1.2",
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-pix_fmt",
                "yuv420p",
                "-c:a",
                "aac",
                target.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "MP4, LOW", "MP4, MEDIUM", "MP4, HIGH", "MP4, UHD",
        "MOV, LOW", "MOV, MEDIUM", "MOV, HIGH", "MOV, UHD",
        "WEBM, LOW", "WEBM, MEDIUM", "WEBM, HIGH", "WEBM, UHD"
    })
    void makes_each_preset_in_each_format(OutputFormat format, BuiltInPreset preset) throws IOException {
        JobRun run = run(SOURCE, format, preset.parameters());

        JsonObject video = video(export(run));

        MediaFile made = probe.media(store.path(video.getString("key"))).await().atMost(LIMIT);
        Track.Video picture = made.video().orElseThrow();
        assertThat(picture.codec()).isEqualTo(format == OutputFormat.WEBM ? "vp9" : "h264");
        assertThat(made.sound().orElseThrow().codec()).isEqualTo(format == OutputFormat.WEBM ? "opus" : "aac");
        assertThat(picture.width()).isEqualTo(preset.parameters().width());
        assertThat(picture.height()).isEqualTo(preset.parameters().height());
        assertThat(picture.pixelFormat()).isEqualTo("yuv420p");
        assertThat(made.length()).isBetween(Duration.ofMillis(1_150), Duration.ofMillis(1_250));
        assertThat(indexIsInFront(made.file(), format)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"180x320, 180, 320", "240x240, 180, 180"})
    void swaps_the_box_for_portrait_and_crops_it_for_square(String size, int width, int height) {
        String key = "renders/" + size + "/video.mp4";
        store.path(key).getParent().toFile().mkdirs();
        source(size, store.path(key));

        JsonObject video = video(export(run(key, OutputFormat.MP4, SMALL)));

        assertThat(video.getInteger("width")).isEqualTo(width);
        assertThat(video.getInteger("height")).isEqualTo(height);
    }

    /** VP9 takes a quarter more for it than it is told. */
    @Test
    void keeps_the_bitrate_of_a_picture_full_of_detail_that_stands_still() {
        String key = "renders/still/video.mp4";
        store.path(key).getParent().toFile().mkdirs();
        TestFfmpeg.make(
                folder,
                "-f",
                "lavfi",
                "-i",
                "nullsrc=s=640x360:r=1:d=1,geq=lum='128+60*sin(X/40)*cos(Y/30)+random(1)*24':cb=128:cr=128,"
                        + "loop=loop=239:size=1:start=0,setpts=N/30/TB",
                "-r",
                "30",
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-crf",
                "18",
                "-pix_fmt",
                "yuv420p",
                store.path(key).toString());
        ExportParameters wanted = new ExportParameters(640, 360, 500, 64, null, null);

        JsonObject video = video(export(run(key, OutputFormat.WEBM, wanted)));

        MediaFile made = probe.media(store.path(video.getString("key"))).await().atMost(LIMIT);
        assertThat(made.length()).isBetween(Duration.ofMillis(7_900), Duration.ofMillis(8_100));
        assertThat(made.video().orElseThrow().kilobitsPerSecond()).isBetween(425.0, 575.0);
    }

    @Test
    void a_preset_of_ones_own_sets_the_frame_rate() {
        ExportParameters film = new ExportParameters(320, 180, 300, 64, 50, null);

        JsonObject video = video(export(run(SOURCE, OutputFormat.MP4, film)));

        MediaFile made = probe.media(store.path(video.getString("key"))).await().atMost(LIMIT);
        assertThat(made.video().orElseThrow().framesPerSecond()).isBetween(49.0, 51.0);
    }

    @Test
    void a_run_after_a_crash_makes_nothing_again_that_is_there() {
        ScriptedRun first = run(SOURCE, OutputFormat.MP4, SMALL);
        JsonObject before = video(export(first));
        int puts = store.puts.size();

        JsonObject after = video(export(first.again()));

        assertThat(after).isEqualTo(before);
        assertThat(store.puts).hasSize(puts);
    }

    @Test
    void says_how_far_it_is() {
        ScriptedRun run = run(SOURCE, OutputFormat.MP4, SMALL);
        export(run);
        assertThat(run.percentages()).isSorted().contains(1, 90);
    }

    @Test
    void leaves_nothing_behind_when_nobody_waits_for_it_any_more() {
        ScriptedRun run = run(SOURCE, OutputFormat.MP4, SMALL);
        postgres.execute(
                "update video_export set removed_at = now() where job_id = $1",
                Tuple.of(run.job().id()));

        assertThatThrownBy(() -> export(run)).isInstanceOf(JobFailure.class).hasMessageContaining("ask for it again");

        assertThat(store.path("exports/" + run.job().id())).isEmptyDirectory();
    }

    @Test
    void tells_that_the_video_is_gone() {
        assertThatThrownBy(() -> export(run("renders/gone/video.mp4", OutputFormat.MP4, SMALL)))
                .isInstanceOfSatisfying(JobFailure.class, failure -> {
                    assertThat(failure.code()).isEqualTo("source_gone");
                    assertThat(failure.isTransient()).isFalse();
                });
    }

    @Test
    void removes_what_is_unused_replaced_or_of_no_project_and_nothing_else() {
        OldExports chore =
                new OldExports(new ExportShelf(postgres.pool), store, TestSettings.of(ExportSettings.class, Map.of()));
        UUID kept = ready(project(), "aa", "0 hours");
        UUID inUse = ready(replaced("aa"), "aa", "30 minutes");
        UUID current = ready(replaced("aa"), "bb", "2 hours");
        UUID replaced = ready(replaced("aa"), "aa", "2 hours");
        UUID unused = ready(project(), "aa", "31 days");
        UUID orphan = ready(UUID.randomUUID(), "aa", "0 hours");

        chore.round(folder).await().atMost(LIMIT);

        assertThat(left(kept, inUse, current, replaced, unused, orphan))
                .containsExactlyInAnyOrder(kept, inUse, current);
        assertThat(store.path("exports/" + kept)).exists();
        assertThat(store.path("exports/" + replaced)).doesNotExist();
        assertThat(store.path("exports/" + unused)).doesNotExist();
        assertThat(store.path("exports/" + orphan)).doesNotExist();
    }

    private static JobResult export(JobRun run) {
        return handler.handle(run).await().atMost(LIMIT);
    }

    private static JsonObject video(JobResult result) {
        return new JsonObject(result.resultJson()).getJsonObject("video");
    }

    private static ScriptedRun run(String source, OutputFormat format, ExportParameters parameters) {
        UUID export = UUID.randomUUID();
        UUID job = UUID.randomUUID();
        UUID workspace = UUID.randomUUID();
        UUID project = project();
        postgres.execute(
                "insert into video_export (id, workspace_id, project_id, source_job_id, source_sha256, quality,"
                        + " parameters, format, cache_key, job_id) values ($1, $2, $3, $1, 'aa', 'x', '{}', $4, 'key', $5)",
                Tuple.of(export, workspace, project, format.extension(), job));
        String input = new ExportOrder(export, source, format, parameters).toJson();
        return new ScriptedRun(
                new ClaimedJob(
                        new Lease(job, 1),
                        JobKind.EXPORT,
                        workspace,
                        project,
                        "digest",
                        "local",
                        List.of(),
                        0,
                        1,
                        0,
                        BigDecimal.ZERO,
                        input,
                        null),
                folder);
    }

    private static UUID project() {
        UUID project = UUID.randomUUID();
        postgres.execute(
                "insert into video_project (id, workspace_id, title, storyboard, spec_digest)"
                        + " values ($1, $1, 'a film', '{}', 'digest')",
                Tuple.of(project));
        return project;
    }

    /** A project whose video of this digest has a successor. */
    private static UUID replaced(String sha256) {
        UUID project = project();
        postgres.execute(
                "insert into job (id, kind, workspace_id, project_id, spec_digest, provider, status, result, created_at)"
                        + " values (gen_random_uuid(), 'render', $1, $1, 'digest', 'local', 'completed',"
                        + " jsonb_build_object('video', jsonb_build_object('sha256', $2::text)), now() - interval '1 day'),"
                        + " (gen_random_uuid(), 'render', $1, $1, 'digest', 'local', 'completed',"
                        + " '{\"video\": {\"sha256\": \"bb\"}}', now())",
                Tuple.of(project, sha256));
        return project;
    }

    private static UUID ready(UUID project, String sha256, String unusedFor) {
        UUID export = UUID.randomUUID();
        try {
            Files.createDirectories(folder.resolve("store/exports"));
            Files.writeString(store.path("exports/" + export), "a file");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        postgres.execute(
                "insert into video_export (id, workspace_id, project_id, source_job_id, source_sha256, quality,"
                        + " parameters, format, cache_key, object_key, size_bytes, sha256, ready_at, last_used_at)"
                        + " values ($1, $1, $2, $1, $3, 'x', '{}', 'mp4', $4, $4, 6, 'cc', now(), now() - $5::text::interval)",
                Tuple.of(export, project, sha256, "exports/" + export, unusedFor));
        return export;
    }

    private static List<UUID> left(UUID... exports) {
        return postgres
                .rows(
                        "select id from video_export where id = any($1)",
                        Tuple.tuple().addValue(exports))
                .stream()
                .map((Row row) -> row.getUUID("id"))
                .toList();
    }

    /** Players can begin before they have all of the file. */
    private static boolean indexIsInFront(Path file, OutputFormat format) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        return format == OutputFormat.WEBM
                // The list of contents, which comes first, names the index too.
                ? text.indexOf(CUES, text.indexOf(CUES) + 1) > 0 && text.lastIndexOf(CUES) < text.indexOf(CLUSTER)
                : text.indexOf("moov") > 0 && text.indexOf("moov") < text.indexOf("mdat");
    }
}
