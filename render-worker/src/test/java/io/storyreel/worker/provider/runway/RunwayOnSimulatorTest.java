package io.storyreel.worker.provider.runway;

import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.common.ledger.Purpose;
import io.storyreel.common.storyboard.AspectRatio;
import io.storyreel.worker.TestSettings;
import io.storyreel.worker.provider.ClipRequest;
import io.storyreel.worker.provider.OnSimulator;
import io.storyreel.worker.provider.ProviderException;
import io.storyreel.worker.provider.RemoteFile;
import io.storyreel.worker.provider.Submitted;
import io.storyreel.worker.provider.TaskProgress;
import io.storyreel.worker.provider.TaskProgress.Verdict;
import io.storyreel.worker.provider.TestTask;
import io.storyreel.worker.provider.http.ProviderHttp;
import io.storyreel.worker.provider.http.StrangeStates;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import javax.imageio.ImageIO;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The provider against a RunwayML that has state, real clips and faults. */
class RunwayOnSimulatorTest extends OnSimulator {
    private static String picture;

    RunwayOnSimulatorTest() {
        super("runway");
    }

    @BeforeAll
    static void draw() throws IOException {
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(64, 36, BufferedImage.TYPE_INT_RGB), "jpg", jpeg);
        picture = "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg.toByteArray());
    }

    @ParameterizedTest
    @CsvSource({"gen4_turbo, SQUARE, 2", "gen4.5, LANDSCAPE, 3", "veo3.1_fast, PORTRAIT, 4", "veo3.1, LANDSCAPE, 6"})
    void buys_a_clip_of_every_model_at_the_price_on_offer(String model, AspectRatio shape, int seconds) {
        RunwayClipProvider provider = provider("key_1", model);
        ClipRequest wanted = new ClipRequest(UUID.randomUUID(), "A calm sea", picture, shape, seconds, 480);

        Submitted submitted = run(provider.submit(wanted, "key"));
        var done = (TaskProgress.Succeeded<RemoteFile>) ended(provider, submitted.id());

        assertThat(submitted.costEstimated()).isEqualByComparingTo(provider.estimate(wanted));
        assertThat(done.cost()).isEqualByComparingTo(provider.estimate(wanted));
        assertThat(done.result().url()).startsWith("http");
        assertThat(simulator.purchases("runway")).hasSize(1);
        assertThat(simulator.totals("runway").charged()).isEqualByComparingTo(done.cost());
    }

    @Test
    void waits_while_too_much_of_ours_is_running() {
        simulator.pace("runway", SLOW.withConcurrency(1));
        String running = submitted();
        String waiting = submitted();

        assertThat(run(provider().poll(task(running), 0))).isInstanceOf(TaskProgress.Running.class);
        assertThat(run(provider().poll(task(waiting), 0)))
                .isInstanceOfSatisfying(TaskProgress.Queued.class, queued -> assertThat(queued.state())
                        .isEqualTo("THROTTLED"));
    }

    @Test
    void stops_a_running_task_for_good() {
        simulator.pace("runway", SLOW);
        String id = submitted();

        assertThat(run(provider().cancel(task(id)))).isInstanceOf(TaskProgress.Failed.class);
        assertThat(run(provider().cancel(task(id)))).isInstanceOf(TaskProgress.Failed.class);
        assertThat(catchThrowableOfType(
                                ProviderException.class, () -> run(provider().poll(task(id), 0)))
                        .code())
                .isEqualTo("provider_task_gone");
    }

    @Test
    void keeps_a_clip_that_is_made_when_its_job_is_canceled() {
        String id = submitted();
        ended(provider(), id);

        assertThat(run(provider().cancel(task(id)))).isInstanceOf(TaskProgress.Succeeded.class);
        assertThat(run(provider().poll(task(id), 0))).isInstanceOf(TaskProgress.Succeeded.class);
    }

    @ParameterizedTest
    @CsvSource({
        "fail, , provider_failed, AGAIN",
        "fail, ASSET.INVALID, provider_refused, FINAL",
        "fail, SAFETY.OUTPUT.VIDEO, content_refused, FINAL",
        "fail, INPUT_PREPROCESSING.INTERNAL, provider_failed, AGAIN",
        "refusal, , content_refused, FINAL"
    })
    void tells_why_a_task_failed(String fault, String failureCode, String code, Verdict verdict) {
        fault("submit", fault, failureCode == null ? "" : ",\"code\":\"" + failureCode + "\"");

        assertThat(ended(provider(), submitted())).isInstanceOfSatisfying(TaskProgress.Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo(code);
            assertThat(failed.verdict()).isEqualTo(verdict);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown_state", "progress_above_one", "progress_falls"})
    void lives_with_odd_answers(String fault) {
        simulator.pace("runway", SLOW);
        String id = submitted();
        run(provider().poll(task(id), 0));
        fault("poll", fault, "");

        assertThat(run(provider().poll(task(id), 0)))
                .isInstanceOfSatisfying(TaskProgress.Running.class, running -> assertThat(running.percent())
                        .isBetween(0, 99));
    }

    @ParameterizedTest
    @ValueSource(strings = {"money_text", "money_null"})
    void lives_without_figures(String fault) {
        fault("submit", fault, "");

        assertThat(run(provider().submit(wanted(), "key")).costEstimated()).isNull();
    }

    @Test
    void does_not_take_a_success_without_a_clip_for_one() {
        String id = submitted();
        ended(provider(), id);
        fault("poll", "missing_output", "");

        assertThat(run(provider().poll(task(id), 0)))
                .isInstanceOfSatisfying(TaskProgress.Failed.class, failed -> assertThat(failed.code())
                        .isEqualTo("provider_result_missing"));
    }

    @ParameterizedTest
    @CsvSource({
        "429, provider_busy",
        "400, provider_refused",
        "401, provider_access",
        "500, provider_unavailable",
        "503, provider_unavailable",
        "redirect, provider_access",
        "html, provider_outcome_unknown",
        "bad_json, provider_outcome_unknown",
        "huge, provider_outcome_unknown",
        "reset, provider_outcome_unknown",
        "reset_after, provider_outcome_unknown"
    })
    void tells_why_a_task_was_not_accepted(String fault, String code) {
        fault("submit", fault, "");

        assertThat(catchThrowableOfType(
                                ProviderException.class, () -> run(provider().submit(wanted(), "key")))
                        .code())
                .isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"500", "503", "html", "bad_json", "huge", "reset", "reset_after"})
    void takes_a_broken_answer_about_a_task_for_an_outage(String fault) {
        String id = submitted();
        fault("poll", fault, "");

        assertThat(catchThrowableOfType(
                                ProviderException.class, () -> run(provider().poll(task(id), 0)))
                        .code())
                .isEqualTo("provider_unavailable");
    }

    @Test
    void names_the_setting_of_a_wrong_key() {
        assertThat(catchThrowableOfType(
                        ProviderException.class,
                        () -> run(provider("wrong", "gen4_turbo").submit(wanted(), "key"))))
                .hasMessageContaining("RUNWAYML_API_KEY");
    }

    private static String submitted() {
        return run(provider().submit(wanted(), "key")).id();
    }

    private static TaskProgress<RemoteFile> ended(RunwayClipProvider provider, String id) {
        return ended(() -> provider.poll(task(id), 0));
    }

    private static RunwayClipProvider provider() {
        return provider("key_1", "gen4_turbo");
    }

    private static RunwayClipProvider provider(String key, String model) {
        RunwaySettings settings = TestSettings.of(
                RunwaySettings.class,
                Map.of(
                        "storyreel.runway.key", key,
                        "storyreel.runway.url", simulator.url("runway"),
                        "storyreel.runway.model", model));
        Clock clock = Clock.systemUTC();
        return new RunwayClipProvider(
                settings,
                new RunwayGateway(settings, new RunwayWire(settings, new ProviderHttp(vertx)), clock),
                new RunwayTasks(new StrangeStates(), settings),
                clock);
    }

    private static ClipRequest wanted() {
        return new ClipRequest(UUID.randomUUID(), "A calm sea", picture, AspectRatio.LANDSCAPE, 2, 480);
    }

    private static ProviderTask task(String id) {
        return TestTask.running(
                UUID.randomUUID(),
                Purpose.CLIP,
                "runway",
                id,
                null,
                Clock.systemUTC().instant());
    }
}
