package io.storyreel.local.simulator.fal;

import com.fasterxml.jackson.databind.JsonNode;
import io.storyreel.local.simulator.Movie;
import io.storyreel.local.simulator.OnSimulator;
import io.storyreel.local.simulator.SimulatorClient;
import io.storyreel.local.simulator.SimulatorClient.Reply;
import io.storyreel.local.simulator.task.Pace;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.awt.Color;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;

import static org.assertj.core.api.Assertions.assertThat;

class FalVendorTest extends OnSimulator {

    private static final String MODEL = "/fal-ai/pika/v2.2/image-to-video";
    private static SimulatorClient fal;
    private static String picture;

    @BeforeAll
    static void start() throws Exception {
        fal = new SimulatorClient(simulator.url("fal"), Map.of("Authorization", "Key abc-1:secret9"));
        picture = SimulatorClient.picture(Color.MAGENTA);
    }

    private static Reply submit(String more, String... headers) throws Exception {
        var body = "{\"image_url\":\"" + picture + "\",\"prompt\":\"waves\"" + more + "}";
        var reply = fal.post(MODEL, body, headers);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply;
    }

    private static Reply completed(JsonNode submitted) {
        Callable<Reply> poll = () -> fal.get(submitted.get("status_url").asText());
        return Awaitility.await().atMost(Duration.ofSeconds(20)).until(poll, reply -> reply.status() == 200);
    }

    private static Reply result(JsonNode submitted) throws Exception {
        completed(submitted);
        return fal.get(submitted.get("response_url").asText());
    }

    @Test
    void gives_a_clip_shaped_as_its_picture() throws Exception {
        var submitted = submit("").json();
        assertThat(submitted.get("status").asText()).isEqualTo("IN_QUEUE");
        assertThat(submitted.get("response_url").asText())
                .isEqualTo(simulator.url("fal") + "/fal-ai/pika/requests/"
                        + submitted.get("request_id").asText());

        var video = result(submitted).json().get("video");

        var file = new SimulatorClient("", Map.of()).get(video.get("url").asText());
        assertThat(file.raw().body()).hasSize(video.get("file_size").asInt());
        var movie = Movie.of(file.raw().body());
        assertThat(movie.size()).isEqualTo("960x720");
        assertThat(movie.seconds()).isBetween(4.9, 5.1);
        assertThat(simulator.totals("fal").charged()).isEqualByComparingTo("0.20");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"'' | 0.20", "',\"resolution\":\"1080p\"' | 0.45", "',\"duration\":10' | 0.40"})
    void costs_by_resolution_and_length(String more, String price) throws Exception {
        submit(more);

        assertThat(simulator.purchases("fal").get(0).purchase().bill().price()).isEqualByComparingTo(price);
    }

    @Test
    void says_202_and_the_place_in_the_queue_until_it_is_completed() throws Exception {
        simulator.pace("fal", Pace.exactly(Duration.ZERO, Duration.ofMinutes(1)).withConcurrency(1));
        var first = submit("").json();
        var second = submit("").json();
        var third = submit("").json();

        var running = fal.get(first.get("status_url").asText());
        assertThat(running.status()).isEqualTo(202);
        assertThat(running.json().get("status").asText()).isEqualTo("IN_PROGRESS");
        var waiting = fal.get(third.get("status_url").asText());
        assertThat(waiting.status()).isEqualTo(202);
        assertThat(waiting.json().get("queue_position").asInt()).isEqualTo(1);
        assertThat(fal.get(first.get("response_url").asText()).status()).isEqualTo(400);

        assertThat(cancel(second).status()).isEqualTo(200);
        assertThat(cancel(first).status()).isEqualTo(202);
        assertThat(cancel(first).json().get("status").asText()).isEqualTo("CANCELLATION_REQUESTED");
        assertThat(fal.call("PUT", "/fal-ai/pika/requests/none/cancel", "")
                        .json()
                        .get("status")
                        .asText())
                .isEqualTo("NOT_FOUND");
    }

    private static Reply cancel(JsonNode submitted) throws Exception {
        return fal.call("PUT", submitted.get("cancel_url").asText(), "");
    }

    @Test
    void a_completed_request_cannot_be_cancelled() throws Exception {
        var submitted = submit("").json();
        completed(submitted);

        var refused = cancel(submitted);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("status").asText()).isEqualTo("ALREADY_COMPLETED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "',\"duration\":7' | duration",
                "',\"duration\":\"5\"' | duration",
                "',\"resolution\":\"4k\"' | resolution",
                "',\"seed\":\"x\"' | seed"
            })
    void a_wrong_field_shows_only_in_the_result(String more, String field) throws Exception {
        var failed = result(submit(more).json());

        assertThat(failed.status()).isEqualTo(422);
        assertThat(failed.json().at("/detail/0/loc/1").asText()).isEqualTo(field);
        assertThat(simulator.purchases("fal")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "refusal, content_policy_violation, 422",
        "fail, image_load_error, 422",
        "fail, runner_disconnected, 503",
        "fail, startup_timeout, 504",
        "fail, request_timeout, 504",
        "fail, , 500"
    })
    void a_completed_run_may_have_failed(String fault, String code, int status) throws Exception {
        simulator.faults("{\"fal\":{\"script\":[{\"fault\":\"" + fault + "\",\"code\":\"" + (code == null ? "" : code)
                + "\"}]}}");
        var submitted = submit("").json();

        assertThat(completed(submitted).json().get("status").asText()).isEqualTo("COMPLETED");
        var failed = result(submitted);
        assertThat(failed.status()).isEqualTo(status);
        if (status == 422) {
            assertThat(failed.json().at("/detail/0/type").asText()).isEqualTo(code);
        }
        assertThat(failed.header("x-fal-retryable")).isIn("true", "false");
        assertThat(simulator.totals("fal").charged()).isZero();
    }

    @Test
    void a_request_that_does_not_start_in_its_time_ends_with_504() throws Exception {
        simulator.pace("fal", Pace.exactly(Duration.ofMinutes(1), Duration.ZERO));
        var submitted = submit("", "X-Fal-Request-Timeout", "0.05").json();

        var failed = result(submitted);

        assertThat(failed.status()).isEqualTo(504);
        assertThat(failed.header("x-fal-request-timeout-type")).isEqualTo("user");
    }

    @Test
    void a_picture_that_is_none_fails_as_one_that_cannot_be_loaded() throws Exception {
        var body = "{\"image_url\":\"data:image/png;base64,bm9uZQ==\",\"prompt\":\"waves\"}";

        var failed = result(fal.post(MODEL, body).json());

        assertThat(failed.status()).isEqualTo(422);
        assertThat(failed.json().at("/detail/0/type").asText()).isEqualTo("image_load_error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer abc:def", "Key abc", "Key :x", "Token a:b"})
    void answers_401_to_any_other_key(String authorization) throws Exception {
        assertThat(fal.post(MODEL, "{}", "Authorization", authorization).status())
                .isEqualTo(401);
    }

    @Test
    void knows_its_paths() throws Exception {
        assertThat(fal.post("/fal-ai/pika/v2.5/image-to-video", "{}").status()).isEqualTo(404);
        assertThat(fal.get(MODEL + "/requests/x/status").status()).isEqualTo(404);
        assertThat(fal.get("/fal-ai/pika/requests/x/status").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"429, 429", "quota, 403", "500, 500", "503, 503", "402, 402"})
    void refuses_in_its_own_words(String fault, int status) throws Exception {
        simulator.faults("{\"fal\":{\"script\":[{\"on\":\"submit\",\"fault\":\"" + fault + "\"}]}}");

        var refused = fal.post(MODEL, "{\"prompt\":\"x\",\"image_url\":\"" + picture + "\"}");

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.json().get("detail").isTextual()).isTrue();
        assertThat(refused.json().get("error_type").asText()).isNotBlank();
    }
}
