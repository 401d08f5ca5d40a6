package io.storyreel.worker.provider.custom;

import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.common.ledger.Purpose;
import io.storyreel.common.storyboard.OutputSpec;
import io.storyreel.common.storyboard.Resolution;
import io.storyreel.common.storyboard.Scene;
import io.storyreel.common.storyboard.ScriptLine;
import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.worker.TestSettings;
import io.storyreel.worker.provider.MadeVideo;
import io.storyreel.worker.provider.OnSimulator;
import io.storyreel.worker.provider.ProviderException;
import io.storyreel.worker.provider.RemoteFile;
import io.storyreel.worker.provider.TaskProgress;
import io.storyreel.worker.provider.TaskProgress.Verdict;
import io.storyreel.worker.provider.TestTask;
import io.storyreel.worker.provider.VideoRequest;
import io.storyreel.worker.provider.http.ProviderHttp;
import io.storyreel.worker.provider.http.StrangeStates;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The provider against a renderer that has state, real videos and faults. */
class CustomOnSimulatorTest extends OnSimulator {
    CustomOnSimulatorTest() {
        super("custom");
    }

    @Test
    void buys_a_whole_video_once_however_often_it_is_handed_over() {
        CustomVideoProvider provider = provider("custom_1");
        VideoRequest wanted = wanted();

        String id = run(provider.submit(wanted, "key-1")).id();
        String again = run(provider.submit(wanted, "key-1")).id();
        var done = (TaskProgress.Succeeded<MadeVideo>) ended(provider, id);

        assertThat(again).isEqualTo(id);
        assertThat(done.result()).isInstanceOfSatisfying(RemoteFile.class, file -> {
            assertThat(file.size()).isGreaterThan(1_024);
            assertThat(file.sha256()).hasSize(64);
            assertThat(file.authorization()).isNull();
        });
        assertThat(simulator.purchases("custom").stream()
                        .map(entry -> entry.purchase().key())
                        .distinct())
                .containsExactly("key-1");
        assertThat(simulator.totals("custom").purchases()).isEqualTo(1);
        assertThat(simulator.totals("custom").charged()).isEqualByComparingTo(done.cost());
    }

    @Test
    void finds_the_job_of_an_order_whose_answer_got_lost() {
        fault("submit", "reset_after", "");
        CustomVideoProvider provider = provider("custom_1");
        VideoRequest wanted = wanted();

        assertThat(catchThrowableOfType(ProviderException.class, () -> run(provider.submit(wanted, "key-2")))
                        .code())
                .isEqualTo("provider_outcome_unknown");
        run(provider.submit(wanted, "key-2"));

        assertThat(simulator.totals("custom").purchases()).isEqualTo(1);
    }

    @Test
    void stops_a_running_render() {
        simulator.pace("custom", SLOW);
        CustomVideoProvider provider = provider("custom_1");
        String id = run(provider.submit(wanted(), "key-3")).id();
        Awaitility.await().atMost(LIMIT).until(() -> run(provider.poll(task(id), 0)) instanceof TaskProgress.Running);

        assertThat(run(provider.cancel(task(id)))).isInstanceOf(TaskProgress.Running.class);
        assertThat(ended(provider, id))
                .isInstanceOfSatisfying(TaskProgress.Failed.class, failed -> assertThat(failed.verdict())
                        .isEqualTo(Verdict.CANCELED));
        assertThat(run(provider.cancel(task(id)))).isInstanceOf(TaskProgress.Failed.class);
    }

    @Test
    void keeps_a_video_that_is_made_when_its_job_is_canceled() {
        CustomVideoProvider provider = provider("custom_1");
        String id = run(provider.submit(wanted(), "key-4")).id();
        ended(provider, id);

        assertThat(run(provider.cancel(task(id)))).isInstanceOf(TaskProgress.Succeeded.class);
    }

    @ParameterizedTest
    @CsvSource({
        "fail, asset_invalid, provider_refused, FINAL",
        "fail, render_failed, provider_failed, AGAIN",
        "fail, deadline_exceeded, provider_timeout, AGAIN",
        "refusal, content_rejected, content_refused, FINAL"
    })
    void tells_why_a_render_failed(String fault, String errorCode, String code, Verdict verdict) {
        fault("submit", fault, ",\"code\":\"" + errorCode + "\"");
        CustomVideoProvider provider = provider("custom_1");

        assertThat(ended(provider, run(provider.submit(wanted(), "key-5")).id()))
                .isInstanceOfSatisfying(TaskProgress.Failed.class, failed -> {
                    assertThat(failed.code()).isEqualTo(code);
                    assertThat(failed.verdict()).isEqualTo(verdict);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "400, provider_refused",
        "402, provider_credit_used_up",
        "409, provider_busy",
        "410, provider_task_gone",
        "413, provider_refused",
        "422, provider_refused",
        "429, provider_busy",
        "500, provider_unavailable",
        "503, provider_unavailable",
        "quota, provider_credit_used_up",
        "redirect, provider_access",
        "html, provider_outcome_unknown",
        "bad_json, provider_outcome_unknown",
        "huge, provider_outcome_unknown"
    })
    void tells_why_a_render_was_not_accepted(String fault, String code) {
        fault("submit", fault, "");

        assertThat(catchThrowableOfType(
                                ProviderException.class,
                                () -> run(provider("custom_1").submit(wanted(), "key-6")))
                        .code())
                .isEqualTo(code);
    }

    @Test
    void names_the_setting_of_a_wrong_token() {
        assertThat(catchThrowableOfType(
                        ProviderException.class, () -> run(provider("wrong").submit(wanted(), "key-7"))))
                .hasMessageContaining("CUSTOM_VIDEO_API_KEY");
    }

    private static TaskProgress<MadeVideo> ended(CustomVideoProvider provider, String id) {
        return ended(() -> provider.poll(task(id), 0));
    }

    private static CustomVideoProvider provider(String key) {
        CustomSettings settings = TestSettings.of(
                CustomSettings.class,
                Map.of("storyreel.custom.key", key, "storyreel.custom.url", simulator.url("custom") + "/v1"));
        Clock clock = Clock.systemUTC();
        return new CustomVideoProvider(
                settings,
                new CustomGateway(settings, new CustomWire(settings, new ProviderHttp(vertx)), clock),
                new CustomJobs(new StrangeStates(), settings),
                clock);
    }

    /** The second scene alone is spoken, so the script begins with silence. */
    private static VideoRequest wanted() {
        Storyboard storyboard = new Storyboard(
                List.of(scene(1), scene(2)),
                List.of(new ScriptLine("Hello", null, null, null, 2)),
                null,
                new OutputSpec(Resolution.P480, null, 24, null),
                null);
        String picture = simulator.url() + "/assets/sample.png";
        return new VideoRequest(new UUID(0, 1), storyboard, Map.of(1, picture, 2, picture), null);
    }

    private static Scene scene(int index) {
        return new Scene(index, "asset://" + index, null, 1.5, null, null, null, null);
    }

    private static ProviderTask task(String id) {
        return TestTask.running(
                new UUID(0, 1),
                Purpose.VIDEO,
                "custom",
                id,
                null,
                Clock.systemUTC().instant());
    }
}
