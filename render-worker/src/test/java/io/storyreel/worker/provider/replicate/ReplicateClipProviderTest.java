package io.storyreel.worker.provider.replicate;

import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.common.ledger.Purpose;
import io.storyreel.common.storyboard.AspectRatio;
import io.storyreel.worker.TestSettings;
import io.storyreel.worker.provider.ClipRequest;
import io.storyreel.worker.provider.OutcomeUnknownException;
import io.storyreel.worker.provider.Pause;
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
import io.vertx.core.json.JsonArray;
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
import java.util.Map;
import java.util.UUID;

import static io.storyreel.worker.provider.http.ScriptedVendor.hangUp;
import static io.storyreel.worker.provider.http.ScriptedVendor.header;
import static io.storyreel.worker.provider.http.ScriptedVendor.ok;
import static io.storyreel.worker.provider.http.ScriptedVendor.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Every row of Replicate's tables of states and errors, on the wire. */
class ReplicateClipProviderTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final UUID JOB = UUID.fromString("00000000-0000-0000-0000-000000000001");
    private static final String MODEL = "wan-video/wan-2.5-i2v";
    private static final String ORDER = "POST /v1/models/" + MODEL + "/predictions";
    private static final String STATE = "GET /v1/predictions/p1";
    private static final String LIST = "GET /v1/predictions";
    private static final String CANCEL = "POST /v1/predictions/p1/cancel";
    private static final String FILE = "https://replicate.delivery/a/out.mp4";
    private static final ClipRequest WANTED =
            new ClipRequest(JOB, "a slow pan", "data:image/jpeg;base64,AAAA", AspectRatio.PORTRAIT, 5, 720);

    private final ScriptedVendor replicate = new ScriptedVendor();

    @AfterEach
    void stop() {
        replicate.close();
    }

    @Test
    void orders_a_clip_of_an_official_model_with_the_token_a_time_limit_and_a_mark() {
        replicate.on(ORDER, status(201, "{\"id\":\"p1\",\"status\":\"starting\"}"));

        assertThat(submit().id()).isEqualTo("p1");

        ScriptedVendor.Asked asked = replicate.asked().get(0);
        assertThat(asked.headers().get("Authorization")).isEqualTo("Bearer r8_token");
        assertThat(asked.headers().get("Cancel-After")).isEqualTo("1800s");
        assertThat(asked.body())
                .isEqualTo(new JsonObject()
                        .put(
                                "input",
                                new JsonObject()
                                        .put("prompt", "a slow pan")
                                        .put("image", "data:image/jpeg;base64,AAAA")
                                        .put("duration", 5)
                                        .put("resolution", "720p")
                                        .put("seed", seed())));
    }

    @Test
    void orders_a_version_of_a_model_by_its_number() {
        String version = "a".repeat(64);
        replicate.on("POST /v1/predictions", status(202, "{\"id\":\"p1\",\"status\":\"starting\"}"));

        provider(Map.of("storyreel.replicate.clip.model", "me/mine:" + version))
                .submit(WANTED, "key")
                .await()
                .atMost(LIMIT);

        assertThat(replicate.asked().get(0).body())
                .isEqualTo(new JsonObject()
                        .put("version", "me/mine:" + version)
                        .put(
                                "input",
                                new JsonObject()
                                        .put("prompt", "a slow pan")
                                        .put("image", "data:image/jpeg;base64,AAAA")));
    }

    @Test
    void charges_by_the_second_from_its_own_table() {
        assertThat(provider(Map.of()).offer().clipPrices().toString()).isEqualTo("{5=0.50, 10=1.00}");
        assertThat(provider(Map.of()).estimate(WANTED)).isEqualByComparingTo("0.50");
    }

    @ParameterizedTest
    @CsvSource({
        "storyreel.replicate.api-token, '', REPLICATE_API_TOKEN",
        "storyreel.replicate.api-token, 'r8_a b', REPLICATE_API_TOKEN",
        "storyreel.replicate.url, ftp://x, REPLICATE_API_URL",
        "storyreel.replicate.clip.model, ../x, storyreel.replicate.clip.model",
        "storyreel.replicate.clip.model, wan, storyreel.replicate.clip.model",
        "storyreel.replicate.clip.lengths, '0,5', storyreel.replicate.clip.lengths"
    })
    void names_the_setting_that_keeps_it_from_being_used(String setting, String value, String named) {
        assertThat(provider(Map.of(setting, value)).offer().missing()).contains(named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"id\":\"a/b\"}", "{\"id\":null}", "{}", "[]", "<html>Welcome</html>"})
    void does_not_know_whether_an_order_was_taken_without_a_usable_name(String answer) {
        replicate.on(ORDER, status(201, answer));

        assertThat(orderFailure()).isInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void does_not_know_whether_an_order_was_taken_when_the_connection_breaks() {
        replicate.on(ORDER, hangUp());

        assertThat(orderFailure()).isInstanceOf(OutcomeUnknownException.class);
        assertThat(replicate.calls()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "400, bad input, provider_refused",
        "422, input.duration: must be 5 or 10, provider_refused",
        "422, NSFW content detected, content_refused",
        "401, Unauthenticated, provider_access",
        "402, Insufficient credit, provider_credit_used_up",
        "403, Forbidden, provider_access",
        "404, The requested resource could not be found., provider_refused",
        "302, , provider_access"
    })
    void takes_refusals_as_final_and_tells_them_in_its_own_words(int code, String detail, String ours) {
        replicate.on(
                ORDER,
                status(
                        code,
                        new JsonObject().put("detail", "THEIR WORDS " + detail).encode()));

        Throwable failure = orderFailure();

        assertThat(failure).isInstanceOf(ProviderRefusedException.class).hasMessageNotContaining("THEIR WORDS");
        assertThat(((ProviderException) failure).code()).isEqualTo(ours);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void takes_faults_of_replicate_as_passing(int code) {
        replicate.on(ORDER, status(code, "{\"detail\":\"THEIR WORDS\"}"));

        assertThat(orderFailure())
                .isInstanceOf(ProviderOutageException.class)
                .isNotInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void does_not_know_whether_an_order_was_taken_when_something_on_the_way_answers() {
        replicate.on(ORDER, status(502, "<html>Bad gateway</html>"));

        assertThat(orderFailure()).isInstanceOf(OutcomeUnknownException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "9, 'Your rate limit resets in ~30s.', 9",
        ", 'Request was throttled. Your rate limit for creating predictions resets in ~30s.', 30",
        ", Request was throttled., 5"
    })
    void waits_as_long_as_the_header_or_the_text_says(String header, String detail, long seconds) {
        var throttled = status(429, new JsonObject().put("detail", detail).encode());
        replicate.on(ORDER, header == null ? throttled : header("Retry-After", header, throttled));

        assertThat(orderFailure())
                .isInstanceOfSatisfying(ProviderBusyException.class, busy -> assertThat(busy.retryAfter())
                        .isEqualTo(Duration.ofSeconds(seconds)));
    }

    @Test
    void tells_what_waits_and_what_runs() {
        replicate.on(STATE, prediction("starting"));
        assertThat(poll(0)).isInstanceOfSatisfying(TaskProgress.Queued.class, queued -> assertThat(queued.again())
                .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6)));

        replicate.on(STATE, prediction("processing"));
        assertThat(poll(0)).isInstanceOfSatisfying(TaskProgress.Running.class, running -> assertThat(running.percent())
                .isNull());
    }

    @ParameterizedTest
    @CsvSource({"0, 40", "55, 55"})
    void reads_the_last_percentage_of_the_log_and_never_falls(int told, int percent) {
        replicate.on(
                STATE, ok(new JsonObject().put("status", "processing").put("logs", " 10%|# |\n 40%|#### | 2/5\n")));

        assertThat(((TaskProgress.Running<?>) poll(told)).percent()).isEqualTo(percent);
    }

    @Test
    void bears_states_it_does_not_know_and_progress_above_everything() {
        replicate.on(STATE, ok(new JsonObject().put("status", "in limbo").put("logs", "400%")));

        assertThat(poll(0)).isInstanceOfSatisfying(TaskProgress.Running.class, running -> {
            assertThat(running.state()).isEqualTo("inlimbo");
            assertThat(running.percent()).isEqualTo(99);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 405, 413, 421, 422, 451})
    void asks_on_after_a_paid_task_whatever_something_on_the_way_says(int code) {
        replicate.on(STATE, status(code, "<html>Not here</html>"));

        assertThat(pollFailure()).isInstanceOf(ProviderOutageException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"status\":null}", "[]", "<html>Just a moment</html>"})
    void takes_an_answer_without_a_state_as_passing(String answer) {
        replicate.on(STATE, status(200, answer));

        assertThat(pollFailure()).isInstanceOf(ProviderOutageException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"" + FILE + "\"",
                "[\"" + FILE + "\"]",
                "{\"video\":\"" + FILE + "\"}",
                "{\"url\":\"" + FILE + "\"}",
                "{\"output\":[\"" + FILE + "\"]}"
            })
    void finds_the_file_in_every_form_of_output_and_has_the_token_ready_for_replicates_host(String output) {
        replicate.on(STATE, status(200, "{\"status\":\"succeeded\",\"output\":" + output + "}"));

        assertThat(poll(0))
                .isEqualTo(new TaskProgress.Succeeded<>(
                        "succeeded", new RemoteFile(FILE, null, null, "Bearer r8_token"), null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/replicate.delivery",
                "https://replicate.delivery.evil.example/a",
                "https://notreplicate.delivery/a",
                "http://replicate.delivery/a",
                "https://replicate.delivery:8443/a",
                "https://replicate.delivery@evil.example/a"
            })
    void keeps_the_token_from_all_other_hosts(String file) {
        replicate.on(STATE, ok(new JsonObject().put("status", "succeeded").put("output", file)));

        assertThat(poll(0)).isEqualTo(new TaskProgress.Succeeded<>("succeeded", RemoteFile.at(file), null));
    }

    @ParameterizedTest
    @CsvSource({
        "null, false, provider_no_result",
        "[], false, provider_no_result",
        "{}, false, provider_no_result",
        "17, false, provider_no_result",
        "'\"data:video/mp4;base64,AAAA\"', false, provider_no_result",
        "null, true, provider_task_gone"
    })
    void takes_a_success_without_a_file_as_a_fault_of_replicate(String output, boolean wiped, String ours) {
        replicate.on(
                STATE,
                status(200, "{\"status\":\"succeeded\",\"output\":" + output + ",\"data_removed\":" + wiped + "}"));

        assertThat(poll(0)).isInstanceOfSatisfying(TaskProgress.Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo(ours);
            assertThat(failed.verdict()).isEqualTo(Verdict.AGAIN);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "Prediction failed: unknown error (E1000), AGAIN, provider_failed",
        "CUDA out of memory (E1001), FINAL, provider_refused",
        "Prediction start timed out (E6716), AGAIN, provider_failed",
        "Empty webhook (E4875), FINAL, provider_refused",
        "NSFW content detected. Try running it again, FINAL, content_refused",
        "The input was flagged as sensitive. (E005), FINAL, content_refused",
        ", AGAIN, provider_failed"
    })
    void knows_what_a_failure_means_by_its_text(String error, Verdict verdict, String ours) {
        replicate.on(STATE, ok(new JsonObject().put("status", "failed").put("error", error)));

        assertThat(poll(0)).isInstanceOfSatisfying(TaskProgress.Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo(ours);
            assertThat(failed.verdict()).isEqualTo(verdict);
        });
    }

    @ParameterizedTest
    @CsvSource({"canceled, ", "aborted, 0"})
    void tries_again_what_ended_without_our_wish(String state, String cost) {
        replicate.on(STATE, prediction(state));

        assertThat(poll(0)).isInstanceOfSatisfying(TaskProgress.Failed.class, failed -> {
            assertThat(failed.verdict()).isEqualTo(Verdict.AGAIN);
            assertThat(failed.cost() == null ? null : failed.cost().toString()).isEqualTo(cost);
        });
    }

    @Test
    void leaves_a_task_where_it_is_while_replicate_is_away_and_knows_when_it_is_gone() {
        replicate.on(STATE, status(500, "{\"detail\":\"oops\"}"));
        assertThat(pollFailure()).isInstanceOf(ProviderOutageException.class);

        replicate.on(STATE, status(404, "{\"detail\":\"Not found.\"}"));
        assertThat(((ProviderException) pollFailure()).code()).isEqualTo("provider_task_gone");
    }

    @Test
    void asks_for_no_task_whose_name_would_bend_the_path() {
        Throwable failure = catchThrowable(() ->
                provider(Map.of()).poll(task("p1/../../account"), 0).await().atMost(LIMIT));

        assertThat(failure).isInstanceOf(ProviderRefusedException.class);
        assertThat(replicate.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"canceled", "aborted"})
    void takes_a_canceled_task_as_canceled(String state) {
        replicate.on(CANCEL, prediction(state));

        assertThat(((TaskProgress.Failed<?>) cancel("p1")).verdict()).isEqualTo(Verdict.CANCELED);
    }

    @Test
    void keeps_what_was_made_before_it_was_canceled() {
        replicate.on(CANCEL, ok(new JsonObject().put("status", "succeeded").put("output", FILE)));

        assertThat(cancel("p1")).isInstanceOf(TaskProgress.Succeeded.class);
    }

    @Test
    void takes_a_task_that_is_not_there_as_canceled() {
        assertThat(((TaskProgress.Failed<?>) cancel("p1")).state()).isEqualTo("NOT_FOUND");
    }

    @Test
    void finds_the_order_whose_answer_was_lost_by_its_mark_on_a_later_page() {
        String next = replicate.url() + "/v1/predictions?cursor=2";
        replicate.on(LIST, page(next, listed("other", MODEL, seed() + 1, "2026-11-21T12:00:05Z")));
        replicate.on(LIST + "?cursor=2", page(null, listed("p1", MODEL, seed(), "2026-11-21T12:00:01.123456Z")));

        assertThat(find().id()).isEqualTo("p1");
    }

    @ParameterizedTest
    @CsvSource({
        "other/model, 0, 2026-11-21T12:00:01Z",
        "wan-video/wan-2.5-i2v, 1, 2026-11-21T12:00:01Z",
        "wan-video/wan-2.5-i2v, 0, 2026-11-21T11:00:00Z"
    })
    void takes_no_other_attempts_order_for_its_own(String model, int otherSeed, String created) {
        replicate.on(LIST, page(null, listed("p9", model, seed() + otherSeed, created)));

        assertThat(find()).isNull();
    }

    @Test
    void does_not_follow_a_list_that_leads_to_another_server() {
        replicate.on(LIST, page("https://evil.example/v1/predictions?cursor=2"));

        assertThat(find()).isNull();
        assertThat(replicate.calls()).containsExactly(LIST);
    }

    @Test
    void cancels_an_order_whose_answer_was_lost() {
        replicate.on(LIST, page(null, listed("p1", MODEL, seed(), "2026-11-21T12:00:01Z")));
        replicate.on(CANCEL, prediction("canceled"));

        cancel(null);

        assertThat(replicate.calls()).containsExactly(LIST, CANCEL);
    }

    private static java.util.function.Consumer<io.vertx.core.http.HttpServerResponse> prediction(String state) {
        return ok(new JsonObject().put("id", "p1").put("status", state));
    }

    private static JsonObject listed(String id, String model, int seed, String created) {
        return new JsonObject()
                .put("id", id)
                .put("model", model)
                .put("created_at", created)
                .put("input", new JsonObject().put("seed", seed));
    }

    private static java.util.function.Consumer<io.vertx.core.http.HttpServerResponse> page(
            String next, JsonObject... listed) {
        JsonArray results = new JsonArray();
        for (JsonObject one : listed) {
            results.add(one);
        }
        return ok(new JsonObject().put("next", next).put("results", results));
    }

    private int seed() {
        return AttemptMark.of(task(null).key()).seed();
    }

    private ReplicateClipProvider provider(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(Map.of("storyreel.replicate.api-token", "r8_token"));
        all.put("storyreel.replicate.url", replicate.url() + "/v1");
        all.putAll(values);
        ReplicateSettings settings = TestSettings.of(ReplicateSettings.class, all);
        ReplicateWire wire = new ReplicateWire(replicate.http(), settings);
        ReplicateGateway gateway = new ReplicateGateway(wire);
        return new ReplicateClipProvider(
                gateway,
                wire,
                settings,
                new StrangeStates(),
                new ClipModelCheck(gateway, wire, settings, new Pause(replicate.vertx())),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static ProviderTask task(String id) {
        return TestTask.running(JOB, Purpose.CLIP, "replicate", id, null, NOW);
    }

    private Submitted submit() {
        return provider(Map.of()).submit(WANTED, task(null).key()).await().atMost(LIMIT);
    }

    private Throwable orderFailure() {
        return catchThrowable(this::submit);
    }

    private Submitted find() {
        return provider(Map.of()).find(WANTED, task(null)).await().atMost(LIMIT);
    }

    private TaskProgress<RemoteFile> poll(int told) {
        return provider(Map.of()).poll(task("p1"), told).await().atMost(LIMIT);
    }

    private Throwable pollFailure() {
        return catchThrowable(() -> poll(0));
    }

    private TaskProgress<RemoteFile> cancel(String id) {
        return provider(Map.of()).cancel(task(id)).await().atMost(LIMIT);
    }
}
