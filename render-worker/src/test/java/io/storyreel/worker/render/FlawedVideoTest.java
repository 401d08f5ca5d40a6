package io.storyreel.worker.render;

import io.storyreel.common.job.ClaimedJob;
import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.common.ledger.ProviderTasks;
import io.storyreel.common.ledger.Purchase;
import io.storyreel.common.ledger.Purpose;
import io.storyreel.common.provider.TextDigest;
import io.storyreel.common.storage.ObjectKeys;
import io.storyreel.common.storyboard.OutputSpec;
import io.storyreel.common.storyboard.Resolution;
import io.storyreel.common.storyboard.Scene;
import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.common.storyboard.StoryboardJson;
import io.storyreel.worker.OnPostgres;
import io.storyreel.worker.RealPostgres;
import io.storyreel.worker.media.TestFfmpeg;
import io.storyreel.worker.run.JobFailure;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Whole videos that were made elsewhere and are not what was ordered. */
class FlawedVideoTest extends OnPostgres {
    private static final double SECONDS = 2;

    @TempDir
    Path directory;

    private final UUID workspace = UUID.randomUUID();
    private WebFolder web;
    private VideoMaker maker;
    private RenderStagesFixture stages;
    private ProviderTasks ledger;
    private Storyboard story;

    @BeforeEach
    void serve() throws IOException {
        make("good.mp4", SECONDS);
        make("short.mp4", SECONDS / 2);
        web = new WebFolder(directory);
        maker = new VideoMaker(web.address("good.mp4"));
        stages = new RenderStagesFixture(postgres, directory.resolve("objects"), List.of(maker), List.of());
        ledger = new ProviderTasks(postgres.pool);
        story = story();
    }

    @AfterEach
    void stopServing() {
        web.close();
    }

    @Test
    void puts_no_flawed_video_where_others_find_it() {
        maker.url = web.address("short.mp4");
        ClaimedJob job = claimed();

        assertThatThrownBy(() -> render(job))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("not as planned: the file lasts 1000 ms, planned were 2000 ms");

        assertThat(stages.store.puts).doesNotContain(shelf());
        assertThat(rows(job)).extracting(row -> row.getString("state")).containsExactly("failed");
    }

    @Test
    void puts_no_flawed_video_there_either_when_it_comes_late() {
        maker.url = web.address("short.mp4");
        ClaimedJob job = claimed();
        leftBehind(job);

        stages.late.round(directory).await().atMost(RealPostgres.LIMIT);

        assertThat(stages.store.puts).doesNotContain(shelf());
        assertThat(rows(job)).singleElement().satisfies(row -> {
            assertThat(row.getString("state")).isEqualTo("failed");
            assertThat(row.getString("error")).contains("not as planned");
            assertThat(row.getBigDecimal("cost_actual")).isEqualByComparingTo(VideoMaker.PRICE);
        });
    }

    @Test
    void buys_anew_what_is_known_and_flawed() {
        known(claimed());

        render(claimed());

        assertThat(maker.asked).hasSize(1);
        assertThat(stages.store.path(shelf())).hasSameBinaryContentAs(directory.resolve("good.mp4"));
    }

    @Test
    void buys_anew_what_the_same_job_has_got_and_is_flawed() {
        ClaimedJob job = claimed();
        known(job);

        render(job);

        assertThat(maker.asked).hasSize(1);
        assertThat(rows(job)).extracting(row -> row.getString("state")).containsExactly("failed", "succeeded");
    }

    private void render(ClaimedJob job) {
        stages.handler.handle(new RecordedRun(job, directory)).await().atMost(RealPostgres.LIMIT);
    }

    private ClaimedJob claimed() {
        return postgres.claimed(workspace, VideoMaker.NAME, List.of(), story);
    }

    /** A task that the job has given up waiting for. */
    private void leftBehind(ClaimedJob job) {
        running(job);
        ledger.leaveOpen(job.id(), Duration.ZERO).await().atMost(RealPostgres.LIMIT);
    }

    /** A video on the shelf that is too short, kept by a release that did not look at it. */
    private void known(ClaimedJob job) {
        stages.store
                .put(shelf(), directory.resolve("short.mp4"), "video/mp4")
                .await()
                .atMost(RealPostgres.LIMIT);
        ledger.succeeded(running(job), "SUCCEEDED", VideoMaker.PRICE, "{\"key\":\"" + shelf() + "\"}")
                .await()
                .atMost(RealPostgres.LIMIT);
    }

    private ProviderTask running(ClaimedJob job) {
        ProviderTask task = ledger.begin(
                        Purchase.whole(job.lease(), Purpose.VIDEO, 0, VideoMaker.NAME, digest(), VideoMaker.PRICE))
                .await()
                .atMost(RealPostgres.LIMIT);
        ledger.running(task, "theirs", null, null).await().atMost(RealPostgres.LIMIT);
        return task;
    }

    private String shelf() {
        return ObjectKeys.bought("video", digest());
    }

    private String digest() {
        return TextDigest.of("video", VideoMaker.NAME, StoryboardJson.digest(story));
    }

    private List<Row> rows(ClaimedJob job) {
        return postgres.rows("select * from provider_task where job_id = $1 order by attempt", Tuple.of(job.id()));
    }

    private Storyboard story() {
        TestFfmpeg.make(directory, "-f", "lavfi", "-i", "testsrc=s=640x360:d=1", "-frames:v", "1", "picture.png");
        String name = "c".repeat(64);
        stages.store
                .put(ObjectKeys.content(name, "png"), directory.resolve("picture.png"), "image/png")
                .await()
                .atMost(RealPostgres.LIMIT);
        Scene scene = new Scene(1, "asset://sha256/" + name + ".png", null, SECONDS, null, null, null, null);
        return new Storyboard(List.of(scene), List.of(), null, new OutputSpec(Resolution.P480, null, 25, null), null);
    }

    private void make(String name, double seconds) {
        TestFfmpeg.make(
                directory,
                "-f",
                "lavfi",
                "-i",
                "testsrc=s=320x180:r=25:d=" + seconds,
                "-f",
                "lavfi",
                "-i",
                "sine=d=" + seconds,
                "-pix_fmt",
                "yuv420p",
                "-c:v",
                "libx264",
                "-c:a",
                "aac",
                name);
    }
}
