package io.storyreel.worker.render;

import io.storyreel.common.job.ClaimedJob;
import io.storyreel.common.storage.ObjectKeys;
import io.storyreel.common.storyboard.OutputSpec;
import io.storyreel.common.storyboard.Resolution;
import io.storyreel.common.storyboard.Scene;
import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.worker.FolderStore;
import io.storyreel.worker.RealPostgres;
import io.storyreel.worker.fetch.FileDigest;
import io.storyreel.worker.media.SceneVisual;
import io.storyreel.worker.media.TestFfmpeg;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;

import static org.awaitility.Awaitility.await;

/**
 * Renders up to the moment when every scene has something to show, with two makers of clips and a web server that has
 * their files. A clip is red in its first second and blue in its second.
 */
final class ClipStudio implements AutoCloseable {
    final ClipMaker first;
    final ClipMaker second;
    final UUID workspace = UUID.randomUUID();
    private final RealPostgres postgres;
    private final Path directory;
    private final WebFolder web;
    private RenderStagesFixture stages;

    ClipStudio(RealPostgres postgres, Path directory) throws IOException {
        this.postgres = postgres;
        this.directory = directory;
        TestFfmpeg.make(
                directory,
                "-f",
                "lavfi",
                "-i",
                "color=red:s=320x180:r=25:d=1,noise=alls=20",
                "-f",
                "lavfi",
                "-i",
                "color=blue:s=320x180:r=25:d=1,noise=alls=20",
                "-filter_complex",
                "[0:v][1:v]concat=n=2:v=1:a=0,format=yuv420p",
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "clip.mp4");
        web = new WebFolder(directory);
        first = new ClipMaker("first", address("clip.mp4"));
        second = new ClipMaker("second", address("clip.mp4"));
        restart();
    }

    /** Another worker, which knows nothing but what is in the database and in the object store. */
    void restart() {
        stages = new RenderStagesFixture(postgres, directory.resolve("objects"), List.of(), List.of(first, second));
    }

    /** Where a file of the directory is to be had. */
    String address(String file) {
        return web.address(file);
    }

    FolderStore store() {
        return stages.store;
    }

    /** Scenes that differ in their words, if at all; their picture is the same. */
    Storyboard story(double seconds, String... words) {
        return story(Arrays.stream(words).map(told -> new Told(seconds, told)).toList());
    }

    /** What differs of scenes. */
    record Told(double seconds, String words) {}

    Storyboard story(List<Told> told) {
        String image = picture();
        List<Scene> scenes = IntStream.range(0, told.size())
                .mapToObj(place -> new Scene(
                        place + 1,
                        image,
                        null,
                        told.get(place).seconds(),
                        null,
                        null,
                        null,
                        told.get(place).words()))
                .toList();
        return new Storyboard(scenes, List.of(), null, new OutputSpec(Resolution.P480, null, 25, null), null);
    }

    /** By the first maker, with these to stand in. */
    RecordedRun run(Storyboard story, String... fallback) {
        return run(workspace, story, fallback);
    }

    RecordedRun run(UUID owner, Storyboard story, String... fallback) {
        return new RecordedRun(postgres.claimed(owner, "first", List.of(fallback), story), directory);
    }

    List<SceneVisual> animate(RecordedRun run, Storyboard story) {
        try {
            return begin(run, story).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** Cancelling what is returned stops the render, as a worker's end does. */
    CompletableFuture<List<SceneVisual>> begin(RecordedRun run, Storyboard story) {
        var render = new Render(
                run,
                story,
                stages.providers.chain(run.job(), story),
                new RenderFiles(run.scratch(), stages.store),
                new RenderProgress(run));
        return stages.prepare
                .prepare(render)
                .chain(prepared -> stages.animate.animate(render, prepared))
                .ifNoItem()
                .after(Duration.ofSeconds(60))
                .fail()
                .subscribeAsCompletionStage();
    }

    /** Until none of the job's tasks is left to itself. */
    void lookAfterLateResults(ClaimedJob job) {
        await().atMost(RealPostgres.LIMIT).until(() -> {
            stages.late.round(directory).await().atMost(RealPostgres.LIMIT);
            return rows(job).stream().allMatch(row -> row.getOffsetDateTime("look_at") == null);
        });
    }

    /** The job's attempts, in order. */
    List<Row> rows(ClaimedJob job) {
        return postgres.rows(
                "select * from provider_task where job_id = $1 order by scene, part, attempt", Tuple.of(job.id()));
    }

    private String picture() {
        try {
            Path picture = directory.resolve("picture.png");
            if (!Files.exists(picture)) {
                TestFfmpeg.make(
                        directory, "-f", "lavfi", "-i", "color=red:s=320x180:d=1", "-frames:v", "1", "picture.png");
            }
            String digest = FileDigest.of(picture);
            stages.store
                    .put(ObjectKeys.content(digest, "png"), picture, "image/png")
                    .await()
                    .atMost(RealPostgres.LIMIT);
            return "asset://sha256/" + digest + ".png";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        web.close();
    }
}
