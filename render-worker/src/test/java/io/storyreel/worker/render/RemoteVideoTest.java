package io.storyreel.worker.render;

import io.storyreel.common.storage.ObjectKeys;
import io.storyreel.common.storyboard.OutputSpec;
import io.storyreel.common.storyboard.Resolution;
import io.storyreel.common.storyboard.Scene;
import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.worker.OnPostgres;
import io.storyreel.worker.RealPostgres;
import io.storyreel.worker.media.TestFfmpeg;
import io.storyreel.worker.provider.ProviderOutageException;
import io.storyreel.worker.provider.ProviderRefusedException;
import io.storyreel.worker.provider.ProviderRefusedException.Reason;
import io.storyreel.worker.provider.TaskProgress.Running;
import io.storyreel.worker.run.JobFailure;
import io.storyreel.worker.run.JobResult;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/** Whole videos that a renderer elsewhere makes. */
class RemoteVideoTest extends OnPostgres {
    private static final String IMAGE = "b".repeat(64);

    @TempDir
    Path directory;

    private final UUID workspace = UUID.randomUUID();
    private WebFolder web;
    private VideoMaker maker;
    private RenderStagesFixture stages;

    @BeforeEach
    void open() throws IOException {
        web = new WebFolder(directory);
        film("good.mp4", 2);
        maker = new VideoMaker(web.address("good.mp4"));
        restart();
        TestFfmpeg.make(directory, "-f", "lavfi", "-i", "testsrc=s=640x360:d=1", "-frames:v", "1", "picture.png");
        stages.store
                .put(ObjectKeys.content(IMAGE, "png"), directory.resolve("picture.png"), "image/png")
                .await()
                .atMost(RealPostgres.LIMIT);
    }

    @AfterEach
    void close() {
        web.close();
    }

    @Test
    void stores_what_was_made_elsewhere() {
        RecordedRun run = run();

        JobResult result = render(run);

        JsonObject json = new JsonObject(result.resultJson());
        assertThat(json.getJsonObject("video").getString("key"))
                .isEqualTo("renders/" + run.job().id() + "/video.mp4");
        assertThat(json.getJsonObject("video").getDouble("seconds")).isEqualTo(2.0);
        assertThat(stages.store.path(json.getJsonObject("poster").getString("key")))
                .isNotEmptyFile();
        assertThat(result.costActual()).isEqualByComparingTo(VideoMaker.PRICE);
        assertThat(maker.asked)
                .singleElement()
                .satisfies(asked -> assertThat(asked.wanted().images()).containsOnlyKeys(1));
    }

    @Test
    void buys_nothing_when_the_same_storyboard_is_rendered_again() {
        render(run());
        RecordedRun again = run();

        JobResult result = render(again);

        assertThat(maker.asked).hasSize(1);
        assertThat(rows(again)).isEmpty();
        assertThat(result.costActual()).isZero();
    }

    @Test
    void does_not_use_what_another_workspace_has_bought() {
        render(run(UUID.randomUUID()));

        render(run());

        assertThat(maker.asked).hasSize(2);
    }

    @Test
    void buys_a_video_again_whose_file_is_gone() throws IOException {
        RecordedRun before = run();
        render(before);
        deleteBought(before);

        render(run());

        assertThat(maker.asked).hasSize(2);
    }

    @Test
    void buys_its_own_video_again_if_the_file_is_gone_when_it_is_to_be_stored() throws IOException {
        RecordedRun run = run();
        render(run);
        run.steps.remove("store");
        deleteBought(run);

        JobResult result = render(run.resumed());

        assertThat(maker.keys()).hasSize(2);
        assertThat(result.costActual())
                .as("both were charged")
                .isEqualByComparingTo(VideoMaker.PRICE.add(VideoMaker.PRICE));
    }

    @Test
    void repeats_an_order_to_the_letter_after_a_crash_before_its_answer() {
        maker.silent = true;
        RecordedRun run = run();
        crashWhen(run, () -> maker.asked.size() == 1);
        maker.silent = false;

        render(run.resumed());

        assertThat(maker.asked)
                .as("addresses are signed anew each time, and these must not be")
                .hasSize(2)
                .containsOnly(maker.asked.get(0));
    }

    @Test
    void waits_on_for_a_running_task_after_a_crash() {
        maker.standing = new Running<>("rendering", 40, Duration.ofSeconds(30));
        RecordedRun run = run();
        crashWhen(run, () -> rows(run).stream()
                .anyMatch(row -> row.getString("state").equals("running")));
        maker.standing = null;

        render(run.resumed());

        assertThat(maker.asked).hasSize(1);
    }

    @Test
    void uses_a_video_that_came_when_nobody_waited_for_it_any_more() {
        maker.standing = new Running<>("rendering", 40, Duration.ofMillis(5));
        maker.patience = Duration.ofMillis(20);
        RecordedRun impatient = run();
        assertThat(failure(impatient)).hasMessageContaining("ran at theirs for more than");
        maker.standing = null;
        await().atMost(RealPostgres.LIMIT).until(() -> {
            stages.late.round(directory).await().atMost(RealPostgres.LIMIT);
            return rows(impatient).get(0).getString("state").equals("succeeded");
        });

        RecordedRun next = run();
        JobResult result = render(next);

        assertThat(maker.asked).hasSize(1);
        assertThat(rows(next)).isEmpty();
        assertThat(result.costActual()).isZero();
    }

    @Test
    void charges_for_a_video_that_is_not_as_planned_and_never_uses_it() throws IOException {
        film("long.mp4", 4);
        maker.url = web.address("long.mp4");
        RecordedRun run = run();

        JobFailure failure = failure(run);

        assertThat(failure.isTransient()).isFalse();
        assertThat(failure)
                .hasMessageStartingWith("The video that was made is not as planned: the file lasts 4")
                .hasMessageEndingWith("planned were 2000 ms");
        assertThat(rows(run))
                .extracting(row -> row.getString("state"), row -> row.getBigDecimal("cost_actual")
                        .compareTo(VideoMaker.PRICE))
                .containsExactly(tuple("failed", 0));
        maker.url = web.address("good.mp4");
        assertThat(render(run()).costActual()).isEqualByComparingTo(VideoMaker.PRICE);
    }

    @Test
    void fails_for_good_when_the_storyboard_is_refused() {
        maker.turnsAway = new ProviderRefusedException(Reason.CONTENT, "theirs does not want this picture");

        JobFailure failure = failure(run());

        assertThat(failure.code()).isEqualTo("content_refused");
        assertThat(failure.isTransient()).isFalse();
        assertThat(failure).hasMessage("theirs does not want this picture");
    }

    @Test
    void is_tried_again_when_the_renderer_is_out_of_order() {
        maker.turnsAway = new ProviderOutageException("theirs answers 503", (Throwable) null);
        RecordedRun run = run();

        assertThat(failure(run).isTransient()).isTrue();
        maker.turnsAway = null;

        assertThat(render(run.resumed()).costActual()).isEqualByComparingTo(VideoMaker.PRICE);
    }

    @Test
    void names_the_setting_that_a_renderer_lacks() {
        maker.offer = maker.offer.without("THEIR_URL is not set");

        JobFailure failure = failure(run());

        assertThat(failure.isTransient()).isFalse();
        assertThat(failure).hasMessage("theirs is not set up: THEIR_URL is not set");
        assertThat(maker.asked).isEmpty();
    }

    /** Another worker, which knows nothing but what is in the database and in the object store. */
    private void restart() {
        stages = new RenderStagesFixture(postgres, directory.resolve("objects"), List.of(maker), List.of());
    }

    private void film(String name, int seconds) {
        TestFfmpeg.make(
                directory,
                "-f",
                "lavfi",
                "-i",
                "testsrc=s=320x180:r=25:d=" + seconds,
                "-f",
                "lavfi",
                "-i",
                "sine=f=440:d=" + seconds,
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-pix_fmt",
                "yuv420p",
                name);
    }

    private RecordedRun run() {
        return run(workspace);
    }

    private RecordedRun run(UUID owner) {
        String image = "asset://sha256/" + IMAGE + ".png";
        var story = new Storyboard(
                List.of(new Scene(1, image, null, 2.0, null, null, null, null)),
                List.of(),
                null,
                new OutputSpec(Resolution.P480, null, 25, null),
                null);
        return new RecordedRun(postgres.claimed(owner, VideoMaker.NAME, List.of(), story), directory);
    }

    private JobResult render(RecordedRun run) {
        return stages.handler.handle(run).await().atMost(RealPostgres.LIMIT);
    }

    private JobFailure failure(RecordedRun run) {
        return catchThrowableOfType(JobFailure.class, () -> render(run));
    }

    private void crashWhen(RecordedRun run, BooleanSupplier moment) {
        var crashed = stages.handler.handle(run).subscribeAsCompletionStage();
        await().atMost(RealPostgres.LIMIT).until(() -> crashed.isDone() || moment.getAsBoolean());
        crashed.cancel(true);
        restart();
    }

    private void deleteBought(RecordedRun run) throws IOException {
        String digest = rows(run).get(0).getString("digest");
        Files.delete(stages.store.path(ObjectKeys.bought("video", digest)));
    }

    private List<Row> rows(RecordedRun run) {
        return postgres.rows(
                "select * from provider_task where job_id = $1 order by attempt",
                Tuple.of(run.job().id()));
    }
}
