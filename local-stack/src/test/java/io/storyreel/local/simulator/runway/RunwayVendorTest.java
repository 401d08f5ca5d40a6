package io.storyreel.local.simulator.runway;

import com.fasterxml.jackson.databind.JsonNode;
import io.storyreel.local.simulator.Movie;
import io.storyreel.local.simulator.OnSimulator;
import io.storyreel.local.simulator.SimulatorClient;
import io.storyreel.local.simulator.task.Pace;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.awt.Color;
import java.time.Duration;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class RunwayVendorTest extends OnSimulator {

    private static final Map<String, String> HEADERS =
            Map.of("Authorization", "Bearer key_0123abc", "X-Runway-Version", "2024-11-06");
    private static SimulatorClient runway;
    private static String picture;

    @BeforeAll
    static void start() throws Exception {
        runway = new SimulatorClient(simulator.url("runway"), HEADERS);
        picture = SimulatorClient.picture(Color.ORANGE);
    }

    private static String turbo(String more) {
        return "{\"model\":\"gen4_turbo\",\"promptImage\":\"" + picture + "\",\"ratio\":\"1280:720\"" + more + "}";
    }

    private static String submit(String more) throws Exception {
        var reply = runway.post("/v1/image_to_video", turbo(more));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json().get("id").asText();
    }

    private static JsonNode task(String id) throws Exception {
        return runway.get("/v1/tasks/" + id).json();
    }

    private static JsonNode await(String id, String status) {
        return await(() -> task(id), status);
    }

    @Test
    void makes_a_clip_of_the_length_and_shape_asked_for_and_charges_what_it_estimated() throws Exception {
        var submitted = runway.post("/v1/image_to_video", turbo(",\"duration\":2,\"promptText\":\"a calm sea\""));
        assertThat(submitted.json().at("/estimatedCost/credits").asInt()).isEqualTo(10);

        var task = await(submitted.json().get("id").asText(), "SUCCEEDED");

        assertThat(task.at("/cost/credits").asInt()).isEqualTo(10);
        var file = new SimulatorClient("", Map.of()).get(task.at("/output/0").asText());
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.header("content-type")).isEqualTo("video/mp4");
        var movie = Movie.of(file.raw().body());
        assertThat(movie.size()).isEqualTo("1280x720");
        assertThat(movie.seconds()).isBetween(1.9, 2.1);
        var bought = simulator.purchases("runway");
        assertThat(bought).hasSize(1);
        assertThat(bought.get(0).purchase().bill().charged()).isEqualByComparingTo("0.10");
        assertThat(simulator.totals("runway").charged()).isEqualByComparingTo("0.10");
    }

    @Test
    void goes_through_pending_throttled_and_running() throws Exception {
        simulator.pace("runway", Pace.exactly(Duration.ofMinutes(1), Duration.ofMinutes(1)));
        var queued = submit("");
        assertThat(task(queued).get("status").asText()).isEqualTo("PENDING");
        assertThat(task(queued).at("/estimatedCost/credits").asInt()).isEqualTo(50);

        simulator.pace(
                "runway", Pace.exactly(Duration.ZERO, Duration.ofMinutes(1)).withConcurrency(1));
        simulator.reset();
        var running = submit("");
        var throttled = submit("");
        assertThat(task(running).get("status").asText()).isEqualTo("RUNNING");
        assertThat(task(running).get("progress").isNumber()).isTrue();
        assertThat(task(throttled).get("status").asText()).isEqualTo("THROTTLED");

        assertThat(runway.call("DELETE", "/v1/tasks/" + running, "").status()).isEqualTo(204);
        assertThat(runway.get("/v1/tasks/" + running).status()).isEqualTo(404);
        assertThat(task(throttled).get("status").asText()).isEqualTo("RUNNING");
        assertThat(simulator.totals("runway").charged()).isZero();
    }

    @Test
    void a_picture_that_is_none_fails_the_task_and_costs_nothing() throws Exception {
        var body = turbo("").replace(picture, "data:image/png;base64,bm8gcGljdHVyZQ==");
        var id = runway.post("/v1/image_to_video", body).json().get("id").asText();

        assertThat(await(id, "FAILED").get("failureCode").asText()).isEqualTo("ASSET.INVALID");
        assertThat(simulator.totals("runway").charged()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gen3a_turbo | '\"ratio\":\"1280:720\"' | model",
                "gen4_turbo  | '\"ratio\":\"16:9\"' | ratio",
                "gen4_turbo  | '\"ratio\":\"1280:720\",\"duration\":11' | duration",
                "gen4_turbo  | '\"ratio\":\"1280:720\",\"duration\":2.5' | duration",
                "gen4_turbo  | '\"ratio\":\"1280:720\",\"steps\":3' | steps",
                "gen4_turbo  | '\"ratio\":\"1280:720\",\"seed\":\"x\"' | seed",
                "gen4.5      | '\"ratio\":\"1280:720\",\"duration\":5' | promptText",
                "gen4.5      | '\"ratio\":\"1280:720\",\"promptText\":\"x\"' | duration",
                "veo3.1      | '\"ratio\":\"960:960\"' | ratio",
                "veo3.1      | '\"ratio\":\"1280:720\",\"duration\":5' | duration",
                "veo3.1      | '\"ratio\":\"1280:720\",\"contentModeration\":{}' | contentModeration",
            })
    void refuses_what_a_model_does_not_take(String model, String fields, String named) throws Exception {
        var reply = runway.post(
                "/v1/image_to_video",
                "{\"model\":\"" + model + "\",\"promptImage\":\"" + picture + "\"," + fields + "}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().get("error").asText()).contains(named);
        assertThat(simulator.purchases("runway")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer sk-1", "Key key_1", "Bearer", "Bearer key_1 ", "key_1"})
    void answers_401_to_any_other_key(String authorization) throws Exception {
        var reply = runway.get("/v1/organization", "Authorization", authorization);

        // The client of the JDK strips the blank at the end of a header.
        assertThat(reply.status()).isEqualTo(authorization.endsWith(" ") ? 200 : 401);
    }

    @Test
    void wants_its_version_and_knows_its_paths() throws Exception {
        assertThat(runway.get("/v1/organization", "X-Runway-Version", "2023-01-01")
                        .status())
                .isEqualTo(400);
        assertThat(runway.get("/v1/organization").json().get("creditBalance").asInt())
                .isPositive();
        assertThat(runway.get("/v1/nothing").status()).isEqualTo(404);
        assertThat(runway.get("/v1/image_to_video").status()).isEqualTo(405);
        assertThat(runway.get("/v1/tasks/a%2Fb").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"400,", "401,", "429,1", "429_without_retry_after,", "500,", "502,", "503,", "504,"})
    void a_script_sets_a_status_in_the_vendors_words(String fault, String retryAfter) throws Exception {
        simulator.faults("{\"runway\":{\"script\":[{\"on\":\"submit\",\"fault\":\"" + fault + "\"}]}}");

        var refused = runway.post("/v1/image_to_video", turbo(""));

        assertThat(refused.status()).isEqualTo(Integer.parseInt(fault.substring(0, 3)));
        assertThat(refused.json().get("error").asText()).isNotBlank();
        assertThat(refused.header("retry-after")).isEqualTo(retryAfter == null ? "" : retryAfter);
        assertThat(simulator.purchases("runway")).isEmpty();
        submit("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SAFETY.INPUT.TEXT",
                "SAFETY.OUTPUT.VIDEO",
                "ASSET.INVALID",
                "INPUT_PREPROCESSING.INTERNAL",
                "INTERNAL.BAD_OUTPUT.CODE01",
                "INTERNAL"
            })
    void fails_with_any_code(String code) throws Exception {
        simulator.faults("{\"runway\":{\"script\":[{\"fault\":\"fail\",\"code\":\"" + code + "\"}]}}");

        var failed = await(submit(""), "FAILED");

        assertThat(failed.get("failureCode").asText()).isEqualTo(code);
        assertThat(failed.at("/cost/credits").asInt()).isZero();
    }

    @Test
    void a_refusal_may_be_charged() throws Exception {
        simulator.faults("{\"runway\":{\"script\":[{\"fault\":\"refusal\",\"charged\":true}]}}");

        var failed = await(submit(",\"duration\":5"), "FAILED");

        assertThat(failed.get("failureCode").asText()).startsWith("SAFETY.INPUT.");
        assertThat(simulator.totals("runway").charged()).isEqualByComparingTo("0.25");
    }
}
