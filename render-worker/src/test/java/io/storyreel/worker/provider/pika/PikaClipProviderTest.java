package io.storyreel.worker.provider.pika;

import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.common.ledger.Purpose;
import io.storyreel.common.provider.ProviderOffer;
import io.storyreel.common.storyboard.AspectRatio;
import io.storyreel.worker.TestSettings;
import io.storyreel.worker.provider.ClipRequest;
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
import io.storyreel.worker.provider.http.ScriptedVendor;
import io.storyreel.worker.provider.http.StrangeStates;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static io.storyreel.worker.provider.http.ScriptedVendor.hangUp;
import static io.storyreel.worker.provider.http.ScriptedVendor.header;
import static io.storyreel.worker.provider.http.ScriptedVendor.ok;
import static io.storyreel.worker.provider.http.ScriptedVendor.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Every row of fal's tables of states and errors, on the wire; what is repeated is the gateway's annotations' concern. */
class PikaClipProviderTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final UUID JOB = UUID.fromString("00000000-0000-0000-0000-000000000001");
    private static final String ORDER = "POST /fal-ai/pika/v2.2/image-to-video";
    private static final String STATE = "GET /fal-ai/pika/requests/r-1/status";
    private static final String RESULT = "GET /fal-ai/pika/requests/r-1";
    private static final String CANCEL = "PUT /fal-ai/pika/requests/r-1/cancel";
    private static final ClipRequest WANTED =
            new ClipRequest(JOB, "a slow pan", "data:image/jpeg;base64,AAAA", AspectRatio.LANDSCAPE, 5, 720);
    private static final JsonObject ACCEPTED =
            new JsonObject().put("status", "IN_QUEUE").put("request_id", "r-1");
    private static final JsonObject VIDEO = new JsonObject()
            .put(
                    "video",
                    new JsonObject().put("url", "https://v3.fal.media/a.mp4").put("file_size", 4_096));

    private final ScriptedVendor fal = new ScriptedVendor();

    @AfterEach
    void stop() {
        fal.close();
    }

    @Test
    void orders_a_clip_by_the_full_name_of_the_model_with_the_key_and_the_bare_input() {
        fal.on(ORDER, ok(ACCEPTED));

        assertThat(submit().id()).isEqualTo("r-1");

        ScriptedVendor.Asked asked = fal.asked().get(0);
        assertThat(asked.headers().get("Authorization")).isEqualTo("Key id:secret");
        assertThat(asked.body())
                .isEqualTo(new JsonObject()
                        .put("image_url", "data:image/jpeg;base64,AAAA")
                        .put("prompt", "a slow pan")
                        .put("resolution", "720p")
                        .put("duration", 5));
    }

    @Test
    void asks_for_the_prices_of_its_resolution() {
        PikaClipProvider provider = provider(Map.of("storyreel.pika.resolution", "1080p"));

        assertThat(provider.offer().clipPrices().toString()).isEqualTo("{5=0.45, 10=0.90}");
        assertThat(provider.offer().model()).isEqualTo("fal-ai/pika/v2.2/image-to-video (1080p)");
        assertThat(provider.estimate(WANTED)).isEqualByComparingTo("0.45");
        assertThat(provider(Map.of()).estimate(WANTED)).isEqualByComparingTo("0.20");
    }

    @Test
    void names_the_setting_that_keeps_it_from_being_used() {
        assertThat(provider(Map.of()).offer().usable()).isTrue();
        assertThat(missing("storyreel.pika.api-key", "")).contains("PIKA_API_KEY");
        assertThat(missing("storyreel.pika.api-key", "id:sec\nret")).contains("PIKA_API_KEY");
        assertThat(missing("storyreel.pika.resolution", "4k")).contains("storyreel.pika.resolution");
        assertThat(missing("storyreel.pika.model", "../x")).contains("storyreel.pika.model");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"request_id\":\"a/b\"}",
                "{\"request_id\":null}",
                "{\"request_id\":17}",
                "{}",
                "[]",
                "<html>Welcome</html>"
            })
    void does_not_know_whether_an_order_was_taken_without_a_usable_name(String answer) {
        fal.on(ORDER, status(200, answer));

        assertThat(orderFailure()).isInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void does_not_know_whether_an_order_was_taken_when_the_connection_breaks() {
        fal.on(ORDER, hangUp());

        assertThat(orderFailure()).isInstanceOf(OutcomeUnknownException.class);
        assertThat(fal.calls()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 504})
    void does_not_know_whether_an_order_was_taken_when_something_on_the_way_answers(int code) {
        fal.on(ORDER, status(code, "<html>Bad gateway</html>"));

        assertThat(orderFailure()).isInstanceOf(OutcomeUnknownException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid, provider_refused",
        "422, image_load_error, provider_refused",
        "422, content_policy_violation, content_refused",
        "401, unauthorized, provider_access",
        "403, forbidden, provider_access",
        "402, , provider_credit_used_up",
        "404, not_found, provider_refused",
        "504, request_timeout_user, provider_refused"
    })
    void takes_refusals_as_final_and_tells_them_in_its_own_words(int code, String type, String ours) {
        boolean user = "request_timeout_user".equals(type);
        fal.on(
                ORDER,
                header(
                        "X-Fal-Request-Timeout-Type",
                        user ? "user" : "",
                        status(code, error(user ? "request_timeout" : type))));

        Throwable failure = orderFailure();

        assertThat(failure).isInstanceOf(ProviderRefusedException.class).hasMessageNotContaining("THEIR WORDS");
        assertThat(((ProviderException) failure).code()).isEqualTo(ours);
    }

    @Test
    void knows_a_locked_balance_from_a_wrong_key() {
        fal.on(ORDER, status(403, "{\"detail\":\"User is locked. Reason: Exhausted balance.\"}"));

        assertThat(((ProviderException) orderFailure()).code()).isEqualTo("provider_credit_used_up");
    }

    @ParameterizedTest
    @CsvSource({
        "500, internal_server_error",
        "502, ",
        "503, runner_disconnected",
        "503, runner_connection_refused",
        "503, runner_connection_timeout",
        "503, runner_scheduling_failure",
        "504, startup_timeout",
        "504, request_timeout"
    })
    void takes_faults_of_fal_as_passing(int code, String type) {
        fal.on(ORDER, status(code, error(type)));

        assertThat(orderFailure())
                .isInstanceOf(ProviderOutageException.class)
                .isNotInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void waits_when_fal_is_asked_too_often() {
        fal.on(ORDER, header("Retry-After", "7", status(429, error("rate_limit"))));

        assertThat(orderFailure())
                .isInstanceOfSatisfying(ProviderBusyException.class, busy -> assertThat(busy.retryAfter())
                        .isEqualTo(Duration.ofSeconds(7)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Fal-Retryable", "X-Fal-Needs-Retry"})
    void believes_fal_when_it_says_whether_to_try_again(String name) {
        fal.on(ORDER, header(name, "false", status(500, error("odd"))));
        assertThat(orderFailure()).isInstanceOf(ProviderRefusedException.class);

        fal.on(ORDER, header(name, "true", status(400, error("odd"))));
        assertThat(orderFailure()).isInstanceOf(ProviderOutageException.class);
    }

    @Test
    void does_not_follow_with_its_key_where_it_is_sent() {
        fal.on(ORDER, header("Location", fal.url() + "/elsewhere", status(302, "")));

        assertThat(orderFailure()).isInstanceOf(ProviderRefusedException.class).hasMessageContaining("PIKA_API_URL");
        assertThat(fal.calls()).containsExactly(ORDER);
    }

    @Test
    void tells_the_place_in_the_queue() {
        fal.on(STATE, status(202, "{\"status\":\"IN_QUEUE\",\"queue_position\":7}"));

        assertThat(poll()).isInstanceOfSatisfying(TaskProgress.Queued.class, queued -> {
            assertThat(queued.state()).isEqualTo("IN_QUEUE");
            assertThat(queued.position()).isEqualTo(7);
            assertThat(queued.again()).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(12));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "-1", "\"third\""})
    void tells_no_place_in_the_queue_that_makes_no_sense(String position) {
        fal.on(STATE, status(202, "{\"status\":\"IN_QUEUE\",\"queue_position\":" + position + "}"));

        assertThat(((TaskProgress.Queued<?>) poll()).position()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"IN_PROGRESS", "IN_LIMBO"})
    void tells_no_percentage_while_a_clip_is_made_and_bears_states_it_does_not_know(String state) {
        fal.on(STATE, status(202, "{\"status\":\"" + state + "\"}"));

        assertThat(poll()).isInstanceOfSatisfying(TaskProgress.Running.class, running -> {
            assertThat(running.state()).isEqualTo(state);
            assertThat(running.percent()).isNull();
            assertThat(running.again()).isBetween(Duration.ofMillis(1_600), Duration.ofSeconds(6));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"status\":null}", "{\"status\":5}", "[]", "<html>Just a moment</html>"})
    void takes_an_answer_without_a_state_as_passing(String answer) {
        fal.on(STATE, status(200, answer));

        assertThat(pollFailure()).isInstanceOf(ProviderOutageException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 405, 413, 421, 422, 451})
    void asks_on_after_a_paid_task_whatever_something_on_the_way_says(int code) {
        fal.on(STATE, status(code, "<html>Not here</html>"));
        assertThat(pollFailure()).isInstanceOf(ProviderOutageException.class);

        completed(status(code, "<html>Not here</html>"));
        assertThat(pollFailure()).isInstanceOf(ProviderOutageException.class);
    }

    @Test
    void gives_the_file_of_a_completed_run_without_a_key() {
        completed(status(200, VIDEO.encode()));

        assertThat(poll())
                .isEqualTo(new TaskProgress.Succeeded<>(
                        "COMPLETED", new RemoteFile("https://v3.fal.media/a.mp4", 4_096L, null, null), null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"video\":null}",
                "{\"video\":\"a.mp4\"}",
                "{\"video\":{\"url\":null}}",
                "{\"video\":{\"url\":\"file:///etc/passwd\"}}"
            })
    void takes_a_completed_run_without_a_file_as_a_fault_of_fal(String result) {
        completed(status(200, result));

        assertThat(poll()).isInstanceOfSatisfying(TaskProgress.Failed.class, failed -> {
            assertThat(failed.verdict()).isEqualTo(Verdict.AGAIN);
            assertThat(failed.code()).isEqualTo("provider_no_result");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "422, image_load_error, FINAL, provider_refused",
        "422, content_policy_violation, FINAL, content_refused",
        "400, bad_request, FINAL, provider_refused",
        "500, internal_server_error, AGAIN, provider_failed",
        "503, runner_disconnected, AGAIN, provider_failed",
        "504, startup_timeout, AGAIN, provider_failed"
    })
    void takes_a_completed_run_with_a_fault_as_failed(int code, String type, Verdict verdict, String ours) {
        completed(
                status(code, "{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"THEIR WORDS\",\"type\":\"" + type + "\"}]}"));

        assertThat(poll()).isInstanceOfSatisfying(TaskProgress.Failed.class, failed -> {
            assertThat(failed.verdict()).isEqualTo(verdict);
            assertThat(failed.code()).isEqualTo(ours);
            assertThat(failed.message()).doesNotContain("THEIR WORDS");
            assertThat(failed.cost() != null).isEqualTo(code >= 500);
        });
    }

    @Test
    void takes_a_completed_run_whose_state_tells_of_an_error_as_failed() {
        fal.on(
                STATE,
                status(200, "{\"status\":\"COMPLETED\",\"error\":\"boom\",\"error_type\":\"runner_disconnected\"}"));
        fal.on(RESULT, status(200, VIDEO.encode()));

        assertThat(((TaskProgress.Failed<?>) poll()).verdict()).isEqualTo(Verdict.AGAIN);
    }

    @Test
    void does_not_give_up_a_clip_for_one_fault_when_it_is_fetched() {
        fal.on(STATE, status(200, "{\"status\":\"COMPLETED\"}"));
        fal.inTurn(RESULT, List.of(status(503, error("runner_scheduling_failure")), status(200, VIDEO.encode())));

        assertThat(poll()).isInstanceOf(TaskProgress.Succeeded.class);
    }

    @Test
    void leaves_the_clip_where_it_is_while_something_on_the_way_is_broken() {
        completed(status(502, "<html>Bad gateway</html>"));

        assertThat(pollFailure()).isInstanceOf(ProviderOutageException.class);
    }

    @Test
    void asks_where_fal_said_that_the_task_is_reached() {
        fal.on("GET /moved/r-1", status(202, "{\"status\":\"IN_PROGRESS\"}"));
        String handle =
                new JsonObject().put("status_url", fal.url() + "/moved/r-1").encode();
        ProviderTask task = TestTask.running(JOB, Purpose.CLIP, "pika", "r-1", handle, NOW);

        provider(Map.of()).poll(task, 0).await().atMost(LIMIT);

        assertThat(fal.calls()).containsExactly("GET /moved/r-1");
    }

    @Test
    void knows_that_a_task_is_gone() {
        assertThat(((ProviderException) pollFailure()).code()).isEqualTo("provider_task_gone");
    }

    @Test
    void asks_for_no_task_whose_name_would_bend_the_path() {
        Throwable failure = catchThrowable(
                () -> provider(Map.of()).poll(task("../../admin"), 0).await().atMost(LIMIT));

        assertThat(failure).isInstanceOf(ProviderRefusedException.class);
        assertThat(fal.calls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"200, CANCELED, 0", "404, NOT_FOUND, "})
    void takes_a_canceled_task_as_canceled(int code, String state, String cost) {
        fal.on(CANCEL, status(code, "{}"));

        assertThat(cancel()).isInstanceOfSatisfying(TaskProgress.Failed.class, failed -> {
            assertThat(failed.verdict()).isEqualTo(Verdict.CANCELED);
            assertThat(failed.state()).isEqualTo(state);
            assertThat(failed.cost() == null ? null : failed.cost().toString()).isEqualTo(cost);
        });
    }

    @Test
    void goes_on_watching_a_task_that_was_running_when_it_was_canceled() {
        fal.on(CANCEL, status(202, "{\"status\":\"CANCELLATION_REQUESTED\"}"));

        assertThat(cancel()).isInstanceOf(TaskProgress.Running.class);
    }

    @Test
    void keeps_what_was_made_before_it_was_canceled() {
        fal.on(CANCEL, status(400, "{\"status\":\"ALREADY_COMPLETED\"}"));
        completed(status(200, VIDEO.encode()));

        assertThat(cancel()).isInstanceOf(TaskProgress.Succeeded.class);
    }

    private static String error(String type) {
        return new JsonObject()
                .put("detail", "THEIR WORDS")
                .put("error_type", type)
                .encode();
    }

    private void completed(java.util.function.Consumer<io.vertx.core.http.HttpServerResponse> result) {
        fal.on(STATE, status(200, "{\"status\":\"COMPLETED\"}"));
        fal.on(RESULT, result);
    }

    private PikaClipProvider provider(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(Map.of("storyreel.pika.api-key", "id:secret"));
        all.put("storyreel.pika.url", fal.url());
        all.putAll(values);
        PikaSettings settings = TestSettings.of(PikaSettings.class, all);
        FalWire wire = new FalWire(fal.http(), settings);
        return new PikaClipProvider(
                new PikaGateway(wire), wire, settings, new StrangeStates(), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private String missing(String setting, String value) {
        ProviderOffer offer = provider(Map.of(setting, value)).offer();
        return offer.missing();
    }

    private static ProviderTask task(String id) {
        return TestTask.running(JOB, Purpose.CLIP, "pika", id, null, NOW);
    }

    private Submitted submit() {
        return provider(Map.of()).submit(WANTED, "key").await().atMost(LIMIT);
    }

    private Throwable orderFailure() {
        return catchThrowable(this::submit);
    }

    private TaskProgress<RemoteFile> poll() {
        return provider(Map.of()).poll(task("r-1"), 0).await().atMost(LIMIT);
    }

    private Throwable pollFailure() {
        return catchThrowable(this::poll);
    }

    private TaskProgress<RemoteFile> cancel() {
        return provider(Map.of()).cancel(task("r-1")).await().atMost(LIMIT);
    }
}
