package io.storyreel.worker.provider.custom;

import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.common.ledger.Purpose;
import io.storyreel.common.storyboard.BackgroundMusic;
import io.storyreel.common.storyboard.OutputFormat;
import io.storyreel.common.storyboard.OutputSpec;
import io.storyreel.common.storyboard.Resolution;
import io.storyreel.common.storyboard.Scene;
import io.storyreel.common.storyboard.ScriptLine;
import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.common.storyboard.Transition;
import io.storyreel.worker.TestSettings;
import io.storyreel.worker.provider.MadeVideo;
import io.storyreel.worker.provider.OnLoopback;
import io.storyreel.worker.provider.OutcomeUnknownException;
import io.storyreel.worker.provider.ProviderBusyException;
import io.storyreel.worker.provider.ProviderOutageException;
import io.storyreel.worker.provider.ProviderRefusedException;
import io.storyreel.worker.provider.RemoteFile;
import io.storyreel.worker.provider.Submitted;
import io.storyreel.worker.provider.TaskProgress;
import io.storyreel.worker.provider.TaskProgress.Verdict;
import io.storyreel.worker.provider.TestTask;
import io.storyreel.worker.provider.VideoRequest;
import io.storyreel.worker.provider.http.ProviderHttp;
import io.storyreel.worker.provider.http.StrangeStates;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import static io.storyreel.worker.provider.LoopbackVendor.HANGS_UP;
import static io.storyreel.worker.provider.LoopbackVendor.json;
import static org.assertj.core.api.Assertions.assertThat;

/** Every row of the contract's tables of states and errors. The fault tolerance round the calls is tested beside it. */
class CustomVideoProviderTest extends OnLoopback {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final UUID JOB = UUID.fromString("00000000-0000-0000-0000-000000000001");
    private static final String ID = "rnd_01J";
    private static final String KEY = JOB + "-video-0-1";
    private static final String DIGEST = "a".repeat(64);
    private static final String QUEUED = "{\"id\":\"" + ID + "\",\"status\":\"queued\",\"progress\":0,"
            + "\"cost\":{\"amount\":\"0.30\",\"currency\":\"USD\",\"final\":false}}";

    // Handing over

    @Test
    void hands_a_storyboard_over_in_the_words_of_the_contract() {
        vendor.willAnswer(json(202, QUEUED));

        Submitted submitted = run(provider().submit(wanted(), KEY));

        assertThat(submitted.id()).isEqualTo(ID);
        assertThat(submitted.costEstimated()).isEqualByComparingTo("0.30");
        assertThat(vendor.calls()).containsExactly("POST /v1/renders");
        var request = vendor.requests().get(0);
        assertThat(request.headers().getFirst("Authorization")).isEqualTo("Bearer token");
        assertThat(request.headers().getFirst("Idempotency-Key")).isEqualTo(KEY);
        assertThat(request.headers().getFirst("X-Request-Id")).isEqualTo(KEY);
        assertThat(request.json())
                .isEqualTo(
                        new JsonObject(
                                """
                        {"storyboard": [
                           {"scene_index": 1, "image_url": "https://a.example/1", "duration": 3.0, "transition": "fade"},
                           {"scene_index": 3, "image_url": "https://a.example/3", "duration": 2.5, "transition": "wipe_left"}],
                         "script": [{"text": "Welcome", "voice": "nova", "duration": 5.5}],
                         "background_music": {"url": "https://a.example/m", "volume": 0.3, "duck_during_voice": true},
                         "output": {"resolution": "4k", "format": "webm", "fps": 24},
                         "metadata": {"job": "00000000-0000-0000-0000-000000000001"}}
                        """));
    }

    @Test
    void buys_nothing_that_the_contract_cannot_say() {
        Storyboard board = wanted().storyboard();
        vendor.willAnswer(json(202, QUEUED));

        var captions = failure(
                provider()
                        .submit(
                                new VideoRequest(
                                        JOB,
                                        new Storyboard(
                                                board.scenes(),
                                                null,
                                                null,
                                                new OutputSpec(null, null, null, true),
                                                null),
                                        wanted().images(),
                                        null),
                                KEY),
                ProviderRefusedException.class);
        var picture = failure(
                provider().submit(new VideoRequest(JOB, board, Map.of(1, "https://a.example/1"), null), KEY),
                ProviderRefusedException.class);

        assertThat(captions).hasMessageContaining("output.burn_captions");
        assertThat(picture).hasMessageContaining("scene 3");
        assertThat(vendor.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"id\":\"a/b\"}", "<html>hello</html>", ""})
    void does_not_know_what_it_bought_when_the_answer_names_no_usable_job(String body) {
        vendor.willAnswer(json(202, body));

        failure(provider().submit(wanted(), KEY), OutcomeUnknownException.class);
    }

    @Test
    void does_not_know_what_it_bought_when_the_connection_breaks() {
        vendor.willAnswer(HANGS_UP);

        failure(provider().submit(wanted(), KEY), OutcomeUnknownException.class);
    }

    // States

    @Test
    void asks_again_when_the_renderer_wants_to_be_asked() {
        assertThat(again(poll(QUEUED, "Retry-After", "7"))).isEqualTo(Duration.ofSeconds(7));
        assertThat(again(poll(QUEUED, "Retry-After", "0"))).isEqualTo(Duration.ofSeconds(1));
        assertThat(again(poll(QUEUED, "Retry-After", "9999"))).isEqualTo(Duration.ofSeconds(300));
        assertThat(again(poll(QUEUED))).isBetween(Duration.ofMillis(2_400), Duration.ofMillis(3_600));
    }

    @ParameterizedTest
    @CsvSource({"0.42, 42", "42, 42", "-1, 0", "1, 99", "'\"0.5\"', 50", "null, "})
    void reads_progress_as_a_fraction_or_a_percentage(String value, Integer percent) {
        var progress = poll("{\"status\":\"running\",\"progress\":" + value + "}");

        assertThat(progress).isInstanceOfSatisfying(TaskProgress.Running.class, running -> assertThat(running.percent())
                .isEqualTo(percent));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"status\":\"daydreaming\"}", "{}", "{\"status\":7}"})
    void takes_a_state_it_does_not_know_for_running(String job) {
        assertThat(poll(job)).isInstanceOf(TaskProgress.Running.class);
    }

    @Test
    void finds_the_video_its_size_and_what_it_cost() {
        var progress = poll("{\"status\":\"succeeded\",\"video_url\":\"https://cdn.example/v.mp4\",\"size_bytes\":4096,"
                + "\"sha256\":\"" + DIGEST.toUpperCase(Locale.ROOT)
                + "\",\"cost\":{\"amount\":\"0.30\",\"currency\":\"USD\",\"final\":true}}");

        assertThat(progress).isInstanceOfSatisfying(TaskProgress.Succeeded.class, done -> {
            assertThat(done.result()).isEqualTo(new RemoteFile("https://cdn.example/v.mp4", 4_096L, DIGEST, null));
            assertThat(done.cost()).isEqualByComparingTo("0.30");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{\"amount\":\"0.30\",\"currency\":\"EUR\",\"final\":true}",
                "{\"amount\":\"0.30\",\"currency\":\"USD\",\"final\":false}",
                "{\"amount\":\"a lot\",\"currency\":\"USD\",\"final\":true}",
                "\"0.30\""
            })
    void lets_the_estimate_count_when_the_cost_is_not_told(String cost) {
        var progress =
                poll("{\"status\":\"succeeded\",\"video_url\":\"https://cdn.example/v.mp4\",\"cost\":" + cost + "}");

        assertThat(progress).isInstanceOfSatisfying(TaskProgress.Succeeded.class, done -> assertThat(done.cost())
                .isNull());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"size_bytes\":\"many\",\"sha256\":\"abc\"", "\"size_bytes\":-1,\"sha256\":7", "\"a\":1"})
    void expects_no_size_or_digest_that_cannot_be(String fields) {
        var progress = poll("{\"status\":\"succeeded\",\"video_url\":\"https://cdn.example/v.mp4\"," + fields + "}");

        assertThat(progress).isInstanceOfSatisfying(TaskProgress.Succeeded.class, done -> assertThat(done.result())
                .isEqualTo(RemoteFile.at("https://cdn.example/v.mp4")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"video_url\":null", ",\"video_url\":\"file:///etc/passwd\"", ",\"video_url\":[]"})
    void takes_a_success_without_a_video_for_a_fault_of_the_renderer(String output) {
        assertThat(poll("{\"status\":\"succeeded\"" + output + "}"))
                .isInstanceOfSatisfying(TaskProgress.Failed.class, failed -> {
                    assertThat(failed.code()).isEqualTo("provider_result_missing");
                    assertThat(failed.verdict()).isEqualTo(Verdict.AGAIN);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "asset_unreachable, , provider_failed, AGAIN",
        "asset_timeout, , provider_failed, AGAIN",
        "asset_invalid, , provider_refused, FINAL",
        "content_rejected, , content_refused, FINAL",
        "script_too_long, , script_too_long, FINAL",
        "render_failed, , provider_failed, AGAIN",
        "internal, , provider_failed, AGAIN",
        "worker_lost, , provider_failed, AGAIN",
        "deadline_exceeded, , provider_timeout, AGAIN",
        "something_new, , provider_failed, AGAIN",
        ", , provider_failed, AGAIN",
        "something_new, false, provider_failed, FINAL",
        "internal, false, provider_failed, FINAL",
        "asset_invalid, true, provider_refused, AGAIN"
    })
    void tells_a_refusal_from_a_fault(String errorCode, Boolean retryable, String code, Verdict verdict) {
        JsonObject error = new JsonObject().put("code", errorCode).put("message", "the text 'secret' is bad");
        if (retryable != null) {
            error.put("retryable", retryable);
        }
        JsonObject job = new JsonObject()
                .put("status", "failed")
                .put("error", error)
                .put("cost", new JsonObject().put("amount", "0.00").put("currency", "USD"));

        assertThat(poll(job.encode())).isInstanceOfSatisfying(TaskProgress.Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo(code);
            assertThat(failed.verdict()).isEqualTo(verdict);
            assertThat(failed.message()).contains("custom renderer").doesNotContain("secret");
            assertThat(failed.cost()).isEqualByComparingTo("0");
        });
    }

    @Test
    void takes_a_canceled_job_for_canceled() {
        assertThat(canceled(poll("{\"status\":\"canceled\"}"))).isTrue();
    }

    @Test
    void gives_the_word_of_a_new_job_five_seconds_to_spread() {
        MovingClock clock = new MovingClock();
        CustomVideoProvider provider = provider(clock);
        vendor.willAnswer(json(202, QUEUED), json(404, "{}"));
        run(provider.submit(wanted(), KEY));

        clock.now = NOW.plusSeconds(5);
        assertThat(run(provider.poll(task(ID), 0)))
                .isInstanceOfSatisfying(TaskProgress.Queued.class, queued -> assertThat(queued.again())
                        .isEqualTo(Duration.ofSeconds(1)));

        clock.now = NOW.plusSeconds(6);
        assertThat(failure(provider.poll(task(ID), 0), ProviderRefusedException.class)
                        .code())
                .isEqualTo("provider_task_gone");
    }

    // Errors

    @ParameterizedTest
    @CsvSource({
        "400, invalid_json, provider_refused",
        "400, invalid_request, provider_refused",
        "400, idempotency_key_required, provider_refused",
        "401, unauthorized, provider_access",
        "403, forbidden, provider_access",
        "402, insufficient_credit, provider_credit_used_up",
        "404, not_found, provider_access",
        "409, idempotency_conflict, provider_refused",
        "410, expired, provider_task_gone",
        "413, too_large, provider_refused",
        "422, invalid_storyboard, provider_refused",
        "422, voice_not_found, provider_refused",
        "422, unsupported_output, provider_refused",
        "422, script_too_long, provider_refused",
        "302, moved, provider_access"
    })
    void does_not_repeat_an_order_that_is_refused(int status, String errorCode, String code) {
        vendor.willAnswer(json(status, error(errorCode, null), "Location", vendor.url() + "/elsewhere"));

        var refused = failure(provider().submit(wanted(), KEY), ProviderRefusedException.class);

        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused).hasMessageNotContaining("secret");
        assertThat(vendor.calls()).hasSize(1);
    }

    @Test
    void names_the_fields_that_the_renderer_names() {
        vendor.willAnswer(json(
                422,
                "{\"error\":{\"code\":\"voice_not_found\",\"details\":[{\"field\":\"script[0].voice\",\"issue\":\"no\"},"
                        + "{\"field\":\"<b>secret</b>\"},7]}}"));

        assertThat(failure(provider().submit(wanted(), KEY), ProviderRefusedException.class))
                .hasMessageEndingWith("; it names script[0].voice");
    }

    @ParameterizedTest
    @CsvSource({"429, rate_limited", "429, queue_full", "409, idempotency_in_progress"})
    void waits_when_it_is_asked_to(int status, String errorCode) {
        vendor.willAnswer(json(status, error(errorCode, null), "Retry-After", "1"));

        assertThat(failure(provider().submit(wanted(), KEY), ProviderBusyException.class)
                        .retryAfter())
                .isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void understands_a_date_and_waits_for_five_minutes_at_most() {
        vendor.willAnswer(
                json(429, error("queue_full", null), "Date", "", "Retry-After", "Fri, 21 Nov 2036 10:00:00 GMT"));

        assertThat(failure(provider().submit(wanted(), KEY), ProviderBusyException.class)
                        .retryAfter())
                .isEqualTo(Duration.ofSeconds(300));
    }

    @ParameterizedTest
    @CsvSource({"500, internal", "502, internal", "503, unavailable", "503, maintenance", "504, internal"})
    void takes_a_server_fault_for_an_outage(int status, String errorCode) {
        vendor.willAnswer(json(status, error(errorCode, null)));

        assertThat(failure(provider().submit(wanted(), KEY), ProviderOutageException.class))
                .isNotInstanceOf(OutcomeUnknownException.class);
        failure(provider().poll(task(ID), 0), ProviderOutageException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 405, 413, 421, 451})
    void asks_on_after_a_paid_job_whatever_something_on_the_way_says(int status) {
        vendor.willAnswer(json(status, "<html>Not here</html>"));

        failure(provider().poll(task(ID), 0), ProviderOutageException.class);
    }

    @Test
    void believes_the_renderer_about_what_can_be_repeated() {
        vendor.willAnswer(json(422, error("invalid_storyboard", true)));
        failure(provider().submit(wanted(), KEY), ProviderBusyException.class);
        vendor.willAnswer(json(503, error("maintenance", false)));
        failure(provider().submit(wanted(), KEY), ProviderRefusedException.class);
        vendor.willAnswer(json(429, error("rate_limited", false)));
        failure(provider().submit(wanted(), KEY), ProviderRefusedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>hello</html>", "", "[]"})
    void takes_a_job_that_is_not_json_for_an_outage(String body) {
        vendor.willAnswer(json(200, body));

        failure(provider().poll(task(ID), 0), ProviderOutageException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../capabilities", "a/b", "a?b", "a b", ""})
    void sends_no_token_to_a_path_that_a_name_bends(String id) {
        vendor.willAnswer(json(200, QUEUED));

        failure(provider().poll(task(id), 0), ProviderRefusedException.class);

        assertThat(vendor.calls()).isEmpty();
    }

    // Stopping

    @Test
    void stops_a_job_that_waits_at_once() {
        vendor.willAnswer(json(200, "{\"status\":\"canceled\",\"cost\":{\"amount\":\"0.00\",\"currency\":\"USD\"}}"));

        assertThat(run(provider().cancel(task(ID)))).isInstanceOfSatisfying(TaskProgress.Failed.class, failed -> {
            assertThat(failed.verdict()).isEqualTo(Verdict.CANCELED);
            assertThat(failed.cost()).isEqualByComparingTo("0");
        });
        assertThat(vendor.calls()).containsExactly("DELETE /v1/renders/" + ID);
    }

    @Test
    void tells_that_a_running_job_has_yet_to_come_to_rest() {
        vendor.willAnswer(json(202, "{\"status\":\"running\",\"progress\":0.5}"));

        assertThat(run(provider().cancel(task(ID)))).isInstanceOf(TaskProgress.Running.class);
    }

    @Test
    void keeps_a_video_that_was_made_before_it_could_be_stopped() {
        vendor.willAnswer(
                json(409, error("already_final", null)),
                json(200, "{\"status\":\"succeeded\",\"video_url\":\"https://cdn.example/v.mp4\"}"));

        assertThat(run(provider().cancel(task(ID)))).isInstanceOf(TaskProgress.Succeeded.class);
        assertThat(vendor.calls()).containsExactly("DELETE /v1/renders/" + ID, "GET /v1/renders/" + ID);
    }

    @Test
    void has_nothing_to_stop_when_there_is_no_such_job() {
        vendor.willAnswer(json(404, "{}"));

        assertThat(canceled(run(provider().cancel(task(ID))))).isTrue();
        assertThat(canceled(run(provider().cancel(task(null))))).isTrue();
    }

    // What is on offer

    @Test
    void has_patience_for_twenty_times_the_length_of_the_video() {
        Storyboard minute = new Storyboard(List.of(scene(1, 60, Transition.NONE)), null, null, null, null);

        assertThat(provider().patience(wanted())).isEqualTo(Duration.ofMinutes(10));
        assertThat(provider().patience(new VideoRequest(JOB, minute, Map.of(), null)))
                .isEqualTo(Duration.ofMinutes(20));
    }

    @Test
    void says_which_setting_tells_its_price() {
        assertThat(provider().offer().unpriced()).contains("STORYREEL_CUSTOM_PRICE_PER_SECOND");
        assertThat(provider().offer().costsNothing()).isFalse();
        assertThat(provider(Clock.systemUTC(), "price-per-second", "0").offer().costsNothing())
                .isTrue();
    }

    @Test
    void estimates_by_its_own_price() {
        assertThat(provider(Clock.systemUTC(), "price-per-second", "0.05").estimate(wanted()))
                .isEqualByComparingTo("0.275");
        assertThat(provider().offer().usable()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "key, '', CUSTOM_VIDEO_API_KEY is not set",
        "key, 'a b', CUSTOM_VIDEO_API_KEY holds",
        "url, '', CUSTOM_VIDEO_API_URL is not set",
        "url, http://render.example.com/v1, CUSTOM_VIDEO_API_URL must begin with https"
    })
    void names_the_setting_that_keeps_it_from_being_used(String name, String value, String said) {
        CustomVideoProvider provider = provider(Clock.systemUTC(), name, value);
        vendor.willAnswer(json(202, QUEUED));

        assertThat(provider.offer().missing()).startsWith(said);
        assertThat(failure(provider.submit(wanted(), KEY), ProviderRefusedException.class))
                .hasMessageStartingWith(said);
        assertThat(vendor.calls()).isEmpty();
    }

    private static final class MovingClock extends Clock {
        private volatile Instant now = NOW;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private static CustomVideoProvider provider() {
        return provider(Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static CustomVideoProvider provider(Clock clock, String... settings) {
        Map<String, String> values =
                new HashMap<>(Map.of("storyreel.custom.key", "token", "storyreel.custom.url", vendor.url() + "/v1"));
        for (int i = 0; i < settings.length; i += 2) {
            values.put("storyreel.custom." + settings[i], settings[i + 1]);
        }
        CustomSettings configured = TestSettings.of(CustomSettings.class, values);
        return new CustomVideoProvider(
                configured,
                new CustomGateway(configured, new CustomWire(configured, new ProviderHttp(vertx)), clock),
                new CustomJobs(new StrangeStates(), configured),
                clock);
    }

    private static Scene scene(int index, double seconds, Transition transition) {
        return new Scene(index, "asset://" + index, null, seconds, transition, null, null, null);
    }

    private static VideoRequest wanted() {
        Storyboard storyboard = new Storyboard(
                List.of(scene(3, 2.5, Transition.WIPE_LEFT), scene(1, 3, Transition.FADE)),
                List.of(new ScriptLine("Welcome", "nova", null, null, 1)),
                new BackgroundMusic("asset://m", null, null),
                new OutputSpec(Resolution.UHD, OutputFormat.WEBM, 24, null),
                null);
        return new VideoRequest(
                JOB, storyboard, Map.of(1, "https://a.example/1", 3, "https://a.example/3"), "https://a.example/m");
    }

    private static ProviderTask task(String id) {
        return TestTask.running(JOB, Purpose.VIDEO, "custom", id, null, NOW);
    }

    private static String error(String code, Boolean retryable) {
        JsonObject error = new JsonObject().put("code", code).put("message", "the text 'secret' is bad");
        if (retryable != null) {
            error.put("retryable", retryable);
        }
        return new JsonObject().put("error", error).encode();
    }

    private static TaskProgress<MadeVideo> poll(String answer, String... headers) {
        vendor.willAnswer(json(200, answer, headers));
        return run(provider().poll(task(ID), 0));
    }

    private static Duration again(TaskProgress<MadeVideo> progress) {
        return ((TaskProgress.Queued<MadeVideo>) progress).again();
    }
}
