package io.storyreel.local.simulator.replicate;

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

import static org.assertj.core.api.Assertions.assertThat;

class ReplicateVendorTest extends OnSimulator {

    private static final String WAN = "/v1/models/wan-video/wan-2.5-i2v/predictions";
    private static final String SEEDANCE = "/v1/models/bytedance/seedance-2.0-fast/predictions";
    private static final String FLUX = "/v1/models/black-forest-labs/flux-schnell/predictions";
    private static SimulatorClient replicate;
    private static String picture;

    @BeforeAll
    static void start() throws Exception {
        replicate = new SimulatorClient(simulator.url("replicate"), Map.of("Authorization", "Bearer r8_abc"));
        picture = SimulatorClient.picture(Color.CYAN);
    }

    private static String wan(String more) {
        return "{\"input\":{\"image\":\"" + picture + "\",\"prompt\":\"waves\"" + more + "}}";
    }

    private static JsonNode created(String path, String body, String... headers) throws Exception {
        var reply = replicate.post(path, body, headers);
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.json();
    }

    private static JsonNode await(JsonNode created, String status) {
        return await(() -> replicate.get(created.at("/urls/get").asText()).json(), status);
    }

    private static Reply download(String address) throws Exception {
        return new SimulatorClient("", Map.of()).get(address);
    }

    @Test
    void makes_a_video_whose_output_is_one_address() throws Exception {
        var created = created(WAN, wan(",\"resolution\":\"480p\""));
        assertThat(created.get("version").asText()).isEqualTo("hidden");
        assertThat(created.get("output").isNull()).isTrue();

        var done = await(created, "succeeded");

        var movie = Movie.of(download(done.get("output").asText()).raw().body());
        assertThat(movie.size()).isEqualTo("640x480");
        assertThat(movie.seconds()).isBetween(4.9, 5.1);
        assertThat(movie.hasSound()).isFalse();
        assertThat(done.at("/metrics/total_time").isNumber()).isTrue();
        assertThat(simulator.totals("replicate").charged()).isEqualByComparingTo("0.50");
    }

    @Test
    void seedance_takes_a_ratio_any_length_and_makes_sound_unless_told() throws Exception {
        var body =
                "{\"input\":{\"prompt\":\"hills\",\"duration\":2,\"resolution\":\"480p\",\"aspect_ratio\":\"9:16\"}}";
        var done = await(created(SEEDANCE, body), "succeeded");

        var movie = Movie.of(download(done.get("output").asText()).raw().body());
        assertThat(movie.size()).isEqualTo("480x854");
        assertThat(movie.seconds()).isBetween(1.9, 2.1);
        assertThat(movie.hasSound()).isTrue();
    }

    @Test
    void makes_pictures_from_the_prompt_alone_always_the_same() throws Exception {
        var body = "{\"input\":{\"prompt\":\"a lighthouse\",\"aspect_ratio\":\"16:9\",\"num_outputs\":2,"
                + "\"output_format\":\"png\"}}";
        var done = created(FLUX, body, "Prefer", "wait=30");
        assertThat(done.get("status").asText()).isEqualTo("succeeded");

        var first = download(done.at("/output/0").asText());
        var again = created(FLUX, body, "Prefer", "wait");

        assertThat(done.get("output")).hasSize(2);
        assertThat(first.header("content-type")).isEqualTo("image/png");
        assertThat(download(again.at("/output/0").asText()).raw().body())
                .isEqualTo(first.raw().body());
        assertThat(download(done.at("/output/1").asText()).raw().body())
                .isNotEqualTo(first.raw().body());
        assertThat(simulator.totals("replicate").charged()).isEqualByComparingTo("0.012");
    }

    @Test
    void goes_from_starting_to_processing_and_can_be_cancelled() throws Exception {
        simulator.pace(
                "replicate", Pace.exactly(Duration.ZERO, Duration.ofMinutes(1)).withConcurrency(1));
        var running = created(WAN, wan(""));
        var waiting = created(WAN, wan(""));

        assertThat(await(running, "processing").get("logs").asText()).contains("%|");
        assertThat(await(waiting, "starting").get("started_at").isNull()).isTrue();
        assertThat(replicate.post(waiting.at("/urls/cancel").asText(), "").status())
                .isEqualTo(200);
        await(waiting, "aborted");
        replicate.post(running.at("/urls/cancel").asText(), "");
        await(running, "canceled");
        assertThat(simulator.totals("replicate").charged()).isZero();
    }

    @Test
    void waiting_in_vain_is_202() throws Exception {
        simulator.pace("replicate", Pace.exactly(Duration.ZERO, Duration.ofMinutes(1)));

        var reply = replicate.post(WAN, wan(""), "Prefer", "wait=1");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.json().get("status").asText()).isEqualTo("processing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'{\"input\":{\"prompt\":\"x\"}}' | image is required",
                "'{\"input\":{\"image\":\"https://a.b/c.png\",\"prompt\":\"x\",\"duration\":7}}' | input.duration",
                "'{\"input\":{\"image\":\"https://a.b/c.png\",\"prompt\":\"x\",\"aspect_ratio\":\"1:1\"}}' | aspect_ratio",
                "'{\"input\":{\"image\":\"https://a.b/c.png\",\"prompt\":4}}' | input.prompt",
                "'{\"input\":{\"image\":\"nowhere\",\"prompt\":\"x\"}}' | input.image",
                "'{\"input\":{},\"model\":\"x\"}' | model",
                "'{}' | input is required"
            })
    void refuses_input_that_does_not_fit_the_schema(String body, String detail) throws Exception {
        var refused = replicate.post(WAN, body);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().get("detail").asText()).contains(detail);
        assertThat(simulator.purchases("replicate")).isEmpty();
    }

    @Test
    void describes_its_models_with_their_schema() throws Exception {
        var model = replicate.get("/v1/models/wan-video/wan-2.5-i2v").json();
        var version = model.at("/latest_version/id").asText();

        assertThat(model.at("/latest_version/openapi_schema/components/schemas/Input/properties/image/format")
                        .asText())
                .isEqualTo("uri");
        assertThat(replicate
                        .get("/v1/models/wan-video/wan-2.5-i2v/versions/" + version)
                        .status())
                .isEqualTo(200);
        assertThat(replicate.get("/v1/models/fofr/skyreels-2").status()).isEqualTo(404);
        assertThat(replicate
                        .post("/v1/models/fofr/skyreels-2/predictions", "{\"input\":{}}")
                        .status())
                .isEqualTo(404);
        var body = wan("").replace("{\"input\"", "{\"version\":\"wan-video/wan-2.5-i2v:" + version + "\",\"input\"");
        created("/v1/predictions", body);
        var unknown = body.replace(version, "f".repeat(64));
        assertThat(replicate.post("/v1/predictions", unknown).status()).isEqualTo(422);
    }

    @Test
    void lists_predictions_a_page_at_a_time_newest_first() throws Exception {
        simulator.pace("replicate", Pace.exactly(Duration.ofMinutes(1), Duration.ZERO));
        for (var i = 0; i < 101; i++) {
            created(WAN, wan(",\"seed\":" + i));
        }

        var first = replicate.get("/v1/predictions").json();
        var second = replicate.get(first.get("next").asText()).json();

        assertThat(first.get("results")).hasSize(100);
        assertThat(first.at("/results/0/input/seed").asInt()).isEqualTo(100);
        assertThat(second.get("results")).hasSize(1);
        assertThat(second.get("next").isNull()).isTrue();
    }

    @Test
    void everything_is_gone_when_its_hour_is_over() throws Exception {
        simulator.pace("replicate", Pace.instant().withOutputLife(Duration.ZERO));
        var created = created(WAN, wan(""));

        var done = Awaitility.await().until(() -> await(created, "succeeded"), prediction -> prediction
                .get("data_removed")
                .asBoolean());

        assertThat(done.get("output").isNull()).isTrue();
        assertThat(done.get("input")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"fail,E6716", "fail,E1001", "refusal,NSFW"})
    void fails_with_a_code_in_its_text(String fault, String expected) throws Exception {
        simulator.faults("{\"replicate\":{\"script\":[{\"fault\":\"" + fault + "\",\"code\":\""
                + (fault.equals("fail") ? expected : "") + "\"}]}}");

        assertThat(await(created(WAN, wan("")), "failed").get("error").asText()).contains(expected);
        assertThat(simulator.totals("replicate").charged()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"429,429", "quota,402", "500,500", "404,404"})
    void refuses_with_a_problem(String fault, int status) throws Exception {
        simulator.faults("{\"replicate\":{\"script\":[{\"on\":\"submit\",\"fault\":\"" + fault + "\"}]}}");

        var refused = replicate.post(WAN, wan(""));

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.json().get("detail").asText()).isNotBlank();
        assertThat(refused.json().get("status").asInt()).isEqualTo(status);
    }

    @Test
    void takes_uploaded_files_and_knows_the_account() throws Exception {
        var form =
                "--b\r\nContent-Disposition: form-data; name=\"content\"; filename=\"a.png\"\r\n\r\nbytes\r\n--b--\r\n";
        var uploaded = replicate.post("/v1/files", form, "Content-Type", "multipart/form-data; boundary=b");

        assertThat(uploaded.status()).isEqualTo(201);
        assertThat(replicate
                        .get(uploaded.json().at("/urls/get").asText())
                        .json()
                        .get("size")
                        .asInt())
                .isEqualTo(5);
        assertThat(replicate.get("/v1/account").json().get("username").asText()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer key_1", "r8_abc", "Key r8_abc"})
    void answers_401_to_any_other_key(String authorization) throws Exception {
        assertThat(replicate.get("/v1/account", "Authorization", authorization).status())
                .isEqualTo(401);
    }
}
