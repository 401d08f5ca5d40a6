package io.storyreel.worker.provider.runway;

import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.common.ledger.Purpose;
import io.storyreel.common.storyboard.AspectRatio;
import io.storyreel.worker.TestSettings;
import io.storyreel.worker.provider.ClipRequest;
import io.storyreel.worker.provider.LoopbackVendor;
import io.storyreel.worker.provider.OnLoopback;
import io.storyreel.worker.provider.OutcomeUnknownException;
import io.storyreel.worker.provider.ProviderBusyException;
import io.storyreel.worker.provider.ProviderException;
import io.storyreel.worker.provider.ProviderOutageException;
import io.storyreel.worker.provider.ProviderRefusedException;
import io.storyreel.worker.provider.RemoteFile;
import io.storyreel.worker.provider.Submitted;
import io.storyreel.worker.provider.TaskProgress;
import io.storyreel.worker.provider.TaskProgress.Verdict;
import io.storyreel.worker.provider.TestTask;
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
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import static io.storyreel.worker.provider.LoopbackVendor.HANGS_UP;
import static io.storyreel.worker.provider.LoopbackVendor.json;
import static org.assertj.core.api.Assertions.assertThat;

/** Every row of RunwayML's tables of states and errors. The fault tolerance round the calls is tested beside it. */
class RunwayClipProviderTest extends OnLoopback {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final UUID JOB = UUID.randomUUID();
    private static final String ID = "17f20503-6c24-4c16-946b-35dbbce2af2f";
    private static final String IMAGE = "data:image/jpeg;base64,AAAA";
    private static final String ACCEPTED = "{\"id\":\"" + ID + "\",\"estimatedCost\":{\"credits\":25}}";

    // Handing over

    @Test
    void hands_a_scene_over_in_runways_words() {
        vendor.willAnswer(json(200, ACCEPTED));

        Submitted submitted = run(provider().submit(wanted("A boat drifts", 5), "key"));

        assertThat(submitted.id()).isEqualTo(ID);
        assertThat(submitted.costEstimated()).isEqualByComparingTo("0.25");
        assertThat(vendor.calls()).containsExactly("POST /v1/image_to_video");
        var request = vendor.requests().get(0);
        assertThat(request.headers().getFirst("Authorization")).isEqualTo("Bearer key_1");
        assertThat(request.headers().getFirst("X-Runway-Version")).isEqualTo("2024-11-06");
        assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/json");
        assertThat(request.headers().getFirst("User-Agent")).isEqualTo("Storyreel");
        assertThat(request.json())
                .isEqualTo(new JsonObject()
                        .put("model", "gen4_turbo")
                        .put("promptImage", IMAGE)
                        .put("promptText", "A boat drifts")
                        .put("ratio", "1280:720")
                        .put("duration", 5));
    }

    @ParameterizedTest
    @CsvSource({
        "gen4_turbo, LANDSCAPE, 1080, 5, 1280:720",
        "gen4_turbo, PORTRAIT, 1080, 2, 720:1280",
        "gen4.5, SQUARE, 720, 10, 960:960",
        "veo3.1, LANDSCAPE, 720, 4, 1280:720",
        "veo3.1, LANDSCAPE, 1080, 8, 1920:1080",
        "veo3.1_fast, PORTRAIT, 2160, 6, 1080:1920"
    })
    void asks_every_model_for_a_shape_it_makes(
            String model, AspectRatio shape, int shortSide, int seconds, String ratio) {
        vendor.willAnswer(json(200, ACCEPTED));

        run(provider("model", model).submit(new ClipRequest(JOB, "Prompt", IMAGE, shape, seconds, shortSide), "key"));

        JsonObject order = vendor.requests().get(0).json();
        assertThat(order.getString("ratio")).isEqualTo(ratio);
        assertThat(order.getString("model")).isEqualTo(model);
        assertThat(order.getValue("audio")).isEqualTo(model.startsWith("veo") ? false : null);
    }

    @ParameterizedTest
    @CsvSource({"veo3.1, SQUARE, 4", "veo3.1, LANDSCAPE, 5", "gen4.5, LANDSCAPE, 1", "gen4_turbo, LANDSCAPE, 11"})
    void buys_nothing_that_the_model_cannot_make(String model, AspectRatio shape, int seconds) {
        vendor.willAnswer(json(200, ACCEPTED));

        var refused = failure(
                provider("model", model).submit(new ClipRequest(JOB, "Prompt", IMAGE, shape, seconds, 720), "key"),
                ProviderRefusedException.class);

        assertThat(refused.code()).isEqualTo("provider_refused");
        assertThat(vendor.calls()).isEmpty();
    }

    @Test
    void cuts_a_long_prompt_without_splitting_a_character() {
        assertThat(RunwayOrder.cut("a".repeat(1_001))).hasSize(1_000);
        assertThat(RunwayOrder.cut("a".repeat(999) + "😀")).isEqualTo("a".repeat(999));
        assertThat(RunwayOrder.cut("a".repeat(998) + "😀😀")).isEqualTo("a".repeat(998) + "😀");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"id\":null}",
                "{\"id\":\"../organization\"}",
                "{\"id\":\"a/b\"}",
                "<html>hello</html>",
                ""
            })
    void does_not_know_what_it_bought_when_the_answer_names_no_usable_task(String body) {
        vendor.willAnswer(json(200, body));

        failure(provider().submit(wanted("Prompt", 5), "key"), OutcomeUnknownException.class);
    }

    @Test
    void does_not_know_what_it_bought_when_the_connection_breaks() {
        vendor.willAnswer(HANGS_UP);

        failure(provider().submit(wanted("Prompt", 5), "key"), OutcomeUnknownException.class);
    }

    @Test
    void knows_that_it_bought_nothing_when_nobody_is_there() {
        String closed;
        try (LoopbackVendor gone = new LoopbackVendor()) {
            closed = gone.url();
        }

        var outage = failure(provider("url", closed).submit(wanted("Prompt", 5), "key"), ProviderOutageException.class);

        assertThat(outage).isNotInstanceOf(OutcomeUnknownException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"credits\":\"25 credits\"}", "{\"credits\":null}", "null", "7", "{}"})
    void estimates_itself_when_the_estimate_cannot_be_read(String cost) {
        vendor.willAnswer(json(200, "{\"id\":\"" + ID + "\",\"estimatedCost\":" + cost + "}"));

        assertThat(run(provider().submit(wanted("Prompt", 5), "key")).costEstimated())
                .isNull();
        assertThat(provider().estimate(wanted("Prompt", 5))).isEqualByComparingTo("0.25");
    }

    // States

    @ParameterizedTest
    @ValueSource(strings = {"PENDING", "THROTTLED"})
    void waits_in_runways_queue(String status) {
        var progress = poll("{\"id\":\"1\",\"status\":\"" + status + "\",\"estimatedCost\":{\"credits\":25}}");

        assertThat(progress).isInstanceOfSatisfying(TaskProgress.Queued.class, queued -> {
            assertThat(queued.state()).isEqualTo(status);
            assertThat(queued.position()).isNull();
            assertThat(queued.again()).isBetween(Duration.ofMillis(4_500), Duration.ofMillis(7_500));
        });
        assertThat(vendor.calls()).containsExactly("GET /v1/tasks/" + ID);
        assertThat(vendor.requests().get(0).headers().getFirst("Authorization")).isEqualTo("Bearer key_1");
        assertThat(vendor.requests().get(0).headers().getFirst("X-Runway-Version"))
                .isEqualTo("2024-11-06");
    }

    @ParameterizedTest
    @CsvSource({"0.42, 42", "42, 42", "-1, 0", "1e9, 99", "1, 99", "'\"0.5\"', 50", "null, ", "'\"soon\"', "})
    void reads_progress_as_a_fraction_or_a_percentage(String value, Integer percent) {
        var progress = poll("{\"status\":\"RUNNING\",\"progress\":" + value + "}");

        assertThat(progress).isInstanceOfSatisfying(TaskProgress.Running.class, running -> assertThat(running.percent())
                .isEqualTo(percent));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"status\":\"PONDERING\"}", "{}", "{\"status\":7}", "{\"status\":null}"})
    void takes_a_state_it_does_not_know_for_running(String task) {
        assertThat(poll(task)).isInstanceOf(TaskProgress.Running.class);
    }

    @Test
    void finds_the_clip_and_what_it_cost() {
        var progress = poll("{\"status\":\"SUCCEEDED\",\"output\":[\"https://cdn.example/a.mp4?_jwt=b\"],"
                + "\"cost\":{\"credits\":25}}");

        assertThat(progress).isInstanceOfSatisfying(TaskProgress.Succeeded.class, done -> {
            assertThat(done.result()).isEqualTo(RemoteFile.at("https://cdn.example/a.mp4?_jwt=b"));
            assertThat(done.cost()).isEqualByComparingTo("0.25");
        });
    }

    @Test
    void lets_the_estimate_count_when_the_cost_is_not_told() {
        var progress = poll("{\"status\":\"SUCCEEDED\",\"output\":[\"https://cdn.example/a.mp4\"]}");

        assertThat(progress).isInstanceOfSatisfying(TaskProgress.Succeeded.class, done -> assertThat(done.cost())
                .isNull());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"output\":null", ",\"output\":[]", ",\"output\":[7]", ",\"output\":[\"file:///x\"]"})
    void takes_a_success_without_a_clip_for_a_fault_of_runways(String output) {
        var progress = poll("{\"status\":\"SUCCEEDED\",\"cost\":{\"credits\":25}" + output + "}");

        assertThat(progress).isInstanceOfSatisfying(TaskProgress.Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo("provider_result_missing");
            assertThat(failed.verdict()).isEqualTo(Verdict.AGAIN);
            assertThat(failed.cost()).isEqualByComparingTo("0.25");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "SAFETY.INPUT.TEXT, content_refused, FINAL",
        "SAFETY.INPUT.IMAGE.X, content_refused, FINAL",
        "SAFETY.OUTPUT.VIDEO, content_refused, FINAL",
        "safety.input.text, content_refused, FINAL",
        "ASSET.INVALID, provider_refused, FINAL",
        "INPUT_PREPROCESSING.INTERNAL, provider_failed, AGAIN",
        "INPUT_PREPROCESSING.IMAGE.INTERNAL, provider_failed, AGAIN",
        "INPUT_PREPROCESSING.SAFETY.TEXT, provider_refused, FINAL",
        "INTERNAL.BAD_OUTPUT.CODE01, provider_failed, AGAIN",
        "INTERNAL, provider_failed, AGAIN",
        "SOMETHING.NEW, provider_failed, AGAIN",
        ", provider_failed, AGAIN"
    })
    void tells_a_refusal_from_a_fault(String failureCode, String code, Verdict verdict) {
        JsonObject task = new JsonObject()
                .put("status", "FAILED")
                .put("failure", "the prompt 'secret' is bad")
                .put("cost", new JsonObject().put("credits", 0));
        if (failureCode != null) {
            task.put("failureCode", failureCode);
        }

        assertThat(poll(task.encode())).isInstanceOfSatisfying(TaskProgress.Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo(code);
            assertThat(failed.verdict()).isEqualTo(verdict);
            assertThat(failed.message()).contains("RunwayML").doesNotContain("secret");
            assertThat(failed.cost()).isEqualByComparingTo("0");
        });
    }

    @Test
    void takes_a_canceled_task_for_canceled() {
        assertThat(poll("{\"status\":\"CANCELLED\",\"cost\":{\"credits\":\"3\"}}"))
                .isInstanceOfSatisfying(TaskProgress.Failed.class, failed -> {
                    assertThat(failed.verdict()).isEqualTo(Verdict.CANCELED);
                    assertThat(failed.cost()).isEqualByComparingTo("0.03");
                });
    }

    // Errors

    @ParameterizedTest
    @CsvSource({
        "400, provider_refused, shape",
        "401, provider_access, RUNWAYML_API_KEY",
        "402, provider_credit_used_up, credit",
        "403, provider_access, RUNWAYML_API_KEY",
        "404, provider_access, RUNWAYML_API_URL",
        "405, provider_access, RUNWAYML_API_URL",
        "413, provider_refused, 413",
        "302, provider_access, redirect"
    })
    void does_not_repeat_an_order_that_is_refused(int status, String code, String said) {
        vendor.willAnswer(json(status, "{\"error\":\"the prompt 'secret' is bad\"}", "Location", vendor.url() + "/x"));

        var refused = failure(provider().submit(wanted("Prompt", 5), "key"), ProviderRefusedException.class);

        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused).hasMessageContaining(said).hasMessageNotContaining("secret");
        assertThat(vendor.calls()).hasSize(1);
    }

    @Test
    void tells_an_empty_purse_from_a_bad_request() {
        vendor.willAnswer(json(400, "{\"error\":\"You do not have enough credits to run this task.\"}"));

        assertThat(failure(provider().submit(wanted("Prompt", 5), "key"), ProviderRefusedException.class)
                        .code())
                .isEqualTo("provider_credit_used_up");
    }

    @Test
    void waits_long_when_the_generations_of_the_day_are_used_up() {
        vendor.willAnswer(json(429, "{\"error\":\"limit\"}"));
        var silent = failure(provider().submit(wanted("Prompt", 5), "key"), ProviderBusyException.class);
        vendor.willAnswer(json(429, "{\"error\":\"limit\"}", "Retry-After", "7200"));
        var hinted = failure(provider().submit(wanted("Prompt", 5), "key"), ProviderBusyException.class);

        assertThat(silent.retryAfter()).isEqualTo(Duration.ofMinutes(15));
        assertThat(hinted.retryAfter()).isEqualTo(Duration.ofHours(2));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 500, 502, 503, 504})
    void takes_a_server_fault_for_an_outage(int status) {
        vendor.willAnswer(json(status, "<html>oops</html>", "Retry-After", "3"));

        var outage = failure(provider().submit(wanted("Prompt", 5), "key"), ProviderOutageException.class);

        assertThat(outage).isNotInstanceOf(OutcomeUnknownException.class);
        assertThat(outage.retryAfter()).isEqualTo(Duration.ofSeconds(3));
        assertThat(failure(provider().poll(task(ID), 0), ProviderOutageException.class)
                        .retryAfter())
                .isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void leaves_a_server_alone_that_does_not_want_to_be_asked_again() {
        vendor.willAnswer(json(503, "{}", "x-should-retry", "false"));

        assertThat(failure(provider().poll(task(ID), 0), ProviderOutageException.class)
                        .retryAfter())
                .isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>hello</html>", "", "[]", "{\"status\":"})
    void takes_a_task_that_is_not_json_for_an_outage(String body) {
        vendor.willAnswer(json(200, body));

        failure(provider().poll(task(ID), 0), ProviderOutageException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 405, 413, 421, 451})
    void asks_on_after_a_paid_task_whatever_something_on_the_way_says(int status) {
        vendor.willAnswer(json(status, "{}"));

        failure(provider().poll(task(ID), 0), ProviderOutageException.class);
    }

    @Test
    void knows_that_a_task_is_gone() {
        vendor.willAnswer(json(404, "{\"error\":\"not found\"}"));

        assertThat(failure(provider().poll(task(ID), 0), ProviderRefusedException.class)
                        .code())
                .isEqualTo("provider_task_gone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../organization", "a/b", "a?b", "a b", ""})
    void sends_no_key_to_a_path_that_a_name_bends(String id) {
        vendor.willAnswer(json(200, "{\"status\":\"RUNNING\"}"));

        failure(provider().poll(task(id), 0), ProviderRefusedException.class);
        failure(
                provider().cancel(task(id)).invoke(progress -> {
                    throw new ProviderOutageException("canceled", Duration.ZERO);
                }),
                ProviderException.class);

        assertThat(vendor.calls()).isEmpty();
    }

    // Stopping

    @ParameterizedTest
    @ValueSource(strings = {"PENDING", "THROTTLED", "RUNNING", "PONDERING"})
    void stops_a_task_that_is_not_final(String status) {
        vendor.willAnswer(json(200, "{\"status\":\"" + status + "\"}"), json(204, ""));

        assertThat(canceled(run(provider().cancel(task(ID))))).isTrue();
        assertThat(vendor.calls()).containsExactly("GET /v1/tasks/" + ID, "DELETE /v1/tasks/" + ID);
    }

    @Test
    void keeps_a_clip_that_was_made_before_it_could_be_stopped() {
        vendor.willAnswer(json(200, "{\"status\":\"SUCCEEDED\",\"output\":[\"https://cdn.example/a.mp4\"]}"));

        assertThat(run(provider().cancel(task(ID)))).isInstanceOf(TaskProgress.Succeeded.class);
        assertThat(vendor.calls()).containsExactly("GET /v1/tasks/" + ID);
    }

    @Test
    void takes_a_task_that_is_gone_after_our_delete_for_canceled() {
        vendor.willAnswer(json(200, "{\"status\":\"RUNNING\"}"), json(404, "{}"));
        assertThat(canceled(run(provider().cancel(task(ID))))).isTrue();

        vendor.willAnswer(json(404, "{}"));
        assertThat(canceled(run(provider().cancel(task(ID))))).isTrue();
    }

    @Test
    void has_nothing_to_stop_when_no_name_was_heard() {
        vendor.willAnswer(json(204, ""));

        assertThat(canceled(run(provider().cancel(task(null))))).isTrue();
        assertThat(vendor.calls()).isEmpty();
    }

    // What is on offer

    @Test
    void offers_the_lengths_of_its_model_with_their_prices() {
        var turbo = provider().offer();
        var veo = provider("model", "veo3.1_fast").offer();

        assertThat(turbo.usable()).isTrue();
        assertThat(turbo.clipPrices().keySet()).containsExactly(2, 3, 4, 5, 6, 7, 8, 9, 10);
        assertThat(turbo.clipPrices().get(5)).isEqualByComparingTo("0.25");
        assertThat(turbo.ratios()).containsExactlyInAnyOrder(AspectRatio.values());
        assertThat(veo.clipPrices().keySet()).containsExactly(4, 6, 8);
        assertThat(veo.clipPrices().get(8)).isEqualByComparingTo("0.80");
        assertThat(veo.ratios()).containsExactlyInAnyOrder(AspectRatio.LANDSCAPE, AspectRatio.PORTRAIT);
        assertThat(provider("price-per-second", "0.07").offer().clipPrices().get(10))
                .isEqualByComparingTo("0.70");
    }

    @ParameterizedTest
    @CsvSource({
        "key, '', RUNWAYML_API_KEY is not set",
        "key, 'key_1 key_2', RUNWAYML_API_KEY holds",
        "url, http://api.example.com, RUNWAYML_API_URL must begin with https",
        "model, gen3a_turbo, 'use one of gen4_turbo, gen4.5, veo3.1_fast, veo3.1'"
    })
    void names_the_setting_that_keeps_it_from_being_used(String name, String value, String said) {
        RunwayClipProvider provider = provider(name, value);
        vendor.willAnswer(json(200, ACCEPTED));

        assertThat(provider.offer().missing()).contains(said);
        assertThat(failure(provider.submit(wanted("Prompt", 5), "key"), ProviderRefusedException.class))
                .hasMessageContaining(said);
        assertThat(vendor.calls()).isEmpty();
    }

    @Test
    void sends_no_second_header_by_a_key_with_a_line_break() {
        RunwayClipProvider provider = provider("key", "key_1\r\nX-Other: 1");
        vendor.willAnswer(json(200, ACCEPTED));

        assertThat(provider.offer().missing()).contains("RUNWAYML_API_KEY holds");
        failure(provider.submit(wanted("Prompt", 5), "key"), ProviderRefusedException.class);
        assertThat(vendor.calls()).isEmpty();
    }

    private static RunwayClipProvider provider(String... settings) {
        Map<String, String> values =
                new HashMap<>(Map.of("storyreel.runway.key", "key_1", "storyreel.runway.url", vendor.url()));
        for (int i = 0; i < settings.length; i += 2) {
            values.put("storyreel.runway." + settings[i], settings[i + 1]);
        }
        RunwaySettings configured = TestSettings.of(RunwaySettings.class, values);
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        return new RunwayClipProvider(
                configured,
                new RunwayGateway(configured, new RunwayWire(configured, new ProviderHttp(vertx)), clock),
                new RunwayTasks(new StrangeStates(), configured),
                clock);
    }

    private static ClipRequest wanted(String prompt, int seconds) {
        return new ClipRequest(JOB, prompt, IMAGE, AspectRatio.LANDSCAPE, seconds, 1080);
    }

    private static ProviderTask task(String id) {
        return TestTask.running(JOB, Purpose.CLIP, "runway", id, null, NOW);
    }

    private static TaskProgress<RemoteFile> poll(String answer) {
        vendor.willAnswer(json(200, answer));
        return run(provider().poll(task(ID), 0));
    }
}
