package io.storyreel.local.simulator.custom;

import com.fasterxml.jackson.databind.JsonNode;
import io.storyreel.local.simulator.Movie;
import io.storyreel.local.simulator.OnSimulator;
import io.storyreel.local.simulator.SimulatorClient;
import io.storyreel.local.simulator.SimulatorClient.Reply;
import io.storyreel.local.simulator.task.Pace;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

class CustomVendorTest extends OnSimulator {

    private static SimulatorClient custom;

    @BeforeAll
    static void start() throws Exception {
        custom = new SimulatorClient(simulator.url("custom"), Map.of("Authorization", "Bearer custom_1"));
    }

    /** Two scenes of 1 and 1.5 seconds, out of order. */
    private static String order(String more) {
        var picture = simulator.url() + "/assets/sample.png";
        return "{\"storyboard\":[{\"scene_index\":7,\"image_url\":\"" + picture + "\",\"duration\":1.5},"
                + "{\"scene_index\":2,\"image_url\":\"" + picture + "\",\"duration\":1,\"transition\":\"fade\"}],"
                + "\"output\":{\"resolution\":\"480p\",\"fps\":25}" + more + "}";
    }

    private static Reply submit(String body) throws Exception {
        return custom.post(
                "/v1/renders", body, "Idempotency-Key", UUID.randomUUID().toString());
    }

    private static JsonNode await(JsonNode job, String status) {
        return await(() -> custom.get("/v1/renders/" + job.get("id").asText()).json(), status);
    }

    @Test
    void renders_pictures_voice_and_music_into_one_video() throws Exception {
        var accepted = submit(order(",\"script\":[{\"text\":\"Hello.\",\"voice\":\"nova\",\"duration\":1.2}],"
                + "\"background_music\":{\"url\":\"" + simulator.url() + "/assets/sample.mp3\"},"
                + "\"metadata\":{\"job\":\"one\"}"));
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
        assertThat(accepted.header("location"))
                .isEqualTo("/v1/renders/" + accepted.json().get("id").asText());
        assertThat(accepted.header("retry-after")).isEqualTo("0");

        var job = await(accepted.json(), "succeeded");

        var file = new SimulatorClient("", Map.of()).get(job.get("video_url").asText());
        assertThat(file.header("content-length"))
                .isEqualTo(job.get("size_bytes").asText());
        assertThat(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256")
                                .digest(file.raw().body())))
                .isEqualTo(job.get("sha256").asText());
        var movie = Movie.of(file.raw().body());
        assertThat(movie.size()).isEqualTo("854x480");
        assertThat(movie.seconds()).isBetween(2.45, 2.55);
        assertThat(movie.hasSound()).isTrue();
        assertThat(job.get("duration").asDouble()).isEqualTo(2.5);
        assertThat(job.get("progress").asDouble()).isEqualTo(1);
        assertThat(job.at("/cost/amount").asText()).isEqualTo("0.13");
        assertThat(job.at("/cost/final").asBoolean()).isTrue();
        assertThat(job.at("/metadata/job").asText()).isEqualTo("one");
        assertThat(Instant.parse(job.get("video_url_expires_at").asText())).isAfter(Instant.now());
        assertThat(simulator.totals("custom").charged()).isEqualByComparingTo("0.13");
    }

    @ParameterizedTest
    @ValueSource(strings = {"webm", "mov"})
    void renders_every_format(String format) throws Exception {
        var job = submit(order("").replace("\"fps\":25", "\"fps\":24,\"format\":\"" + format + "\""))
                .json();

        var done = await(job, "succeeded");

        var file = new SimulatorClient("", Map.of()).get(done.get("video_url").asText());
        assertThat(Movie.of(file.raw().body()).seconds()).isBetween(2.4, 2.6);
    }

    @Test
    void the_same_key_gives_the_same_job_and_buys_once() throws Exception {
        var first = custom.post("/v1/renders", order(""), "Idempotency-Key", "job-1");
        var again = custom.post("/v1/renders", order(""), "Idempotency-Key", "job-1");
        var other = custom.post("/v1/renders", order(",\"script\":[]"), "Idempotency-Key", "job-1");
        var none = custom.post("/v1/renders", order(""));

        assertThat(again.status()).isEqualTo(202);
        assertThat(again.json().get("id")).isEqualTo(first.json().get("id"));
        assertThat(again.header("idempotent-replayed")).isEqualTo("true");
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.json().at("/error/code").asText()).isEqualTo("idempotency_conflict");
        assertThat(none.json().at("/error/code").asText()).isEqualTo("idempotency_key_required");
        assertThat(simulator.purchases("custom")).hasSize(1);
    }

    @Test
    void a_refused_submission_frees_its_key_and_a_lost_answer_does_not() throws Exception {
        simulator.faults("{\"custom\":{\"script\":[{\"on\":\"submit\",\"fault\":\"503\"},"
                + "{\"on\":\"submit\",\"fault\":\"reset_after\"}]}}");
        assertThat(custom.post("/v1/renders", order(""), "Idempotency-Key", "job-2")
                        .status())
                .isEqualTo(503);
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> custom.post("/v1/renders", order(""), "Idempotency-Key", "job-2")))
                .isInstanceOf(java.io.IOException.class);

        var third = custom.post("/v1/renders", order(""), "Idempotency-Key", "job-2");

        assertThat(third.header("idempotent-replayed")).isEqualTo("true");
        assertThat(simulator.purchases("custom")).hasSize(1);
    }

    @Test
    void cancels_at_once_in_the_queue_and_a_moment_later_when_it_runs() throws Exception {
        simulator.pace(
                "custom", Pace.exactly(Duration.ZERO, Duration.ofMinutes(1)).withConcurrency(1));
        var running = submit(order("")).json();
        var queued = submit(order("")).json();
        assertThat(queued.get("status").asText()).isEqualTo("queued");
        assertThat(custom.get("/v1/renders/" + queued.get("id").asText()).header("retry-after"))
                .isEqualTo("5");

        assertThat(cancel(queued).status()).isEqualTo(200);
        assertThat(cancel(queued).json().get("status").asText()).isEqualTo("canceled");
        assertThat(cancel(running).status()).isEqualTo(202);
        assertThat(await(running, "canceled").at("/cost/amount").asText()).isEqualTo("0");
        assertThat(cancel(running).status()).isEqualTo(200);
        assertThat(custom.call("DELETE", "/v1/renders/none", "").status()).isEqualTo(404);
    }

    private static Reply cancel(JsonNode job) throws Exception {
        return custom.call("DELETE", "/v1/renders/" + job.get("id").asText(), "");
    }

    @Test
    void a_finished_render_cannot_be_cancelled() throws Exception {
        var job = submit(order("")).json();
        await(job, "succeeded");

        assertThat(cancel(job).json().at("/error/code").asText()).isEqualTo("already_final");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"duration\":1.5' | '\"duration\":61' | 400 | storyboard[0].duration",
                "'\"duration\":1.5' | '\"duration\":1.5,\"zoom\":1' | 400 | storyboard[0].zoom",
                "'\"transition\":\"fade\"' | '\"transition\":\"spin\"' | 400 | storyboard[1].transition",
                "'\"scene_index\":7' | '\"scene_index\":2' | 422 | storyboard[1].scene_index",
                "'\"fps\":25' | '\"fps\":29' | 422 | output.fps",
                "'480p' | '8k' | 422 | output.resolution",
                "'http://' | 'ftp://' | 400 | storyboard[0].image_url",
                "'\"output\":{' | '\"script\":[{\"text\":\"x\",\"voice\":\"zeus\"}],\"output\":{' | 422 | script[0].voice",
                "'\"output\":{' | '\"colour\":1,\"output\":{' | 400 | colour"
            })
    void refuses_what_the_contract_does_not_allow(String part, String instead, int status, String field)
            throws Exception {
        var refused = submit(order("").replace(part, instead));

        assertThat(refused.status()).as(refused.text()).isEqualTo(status);
        assertThat(refused.json().at("/error/details/0/field").asText()).isEqualTo(field);
        assertThat(refused.json().at("/error/retryable").asBoolean()).isFalse();
    }

    @Test
    void a_line_too_long_for_its_slot_and_a_picture_that_is_gone_fail_the_job() throws Exception {
        var spoken = submit(order(",\"script\":[{\"text\":\"This line takes far longer than half a second.\","
                        + "\"duration\":0.5}]"))
                .json();
        var gone = submit(order("").replace("sample.png", "nothing.png")).json();

        assertThat(await(spoken, "failed").at("/error/code").asText()).isEqualTo("script_too_long");
        var failed = await(gone, "failed");
        assertThat(failed.at("/error/code").asText()).isEqualTo("asset_unreachable");
        assertThat(failed.at("/error/retryable").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "429, 429, rate_limited, true",
        "quota, 402, insufficient_credit, false",
        "500, 500, internal, true",
        "503, 503, unavailable, true",
        "410, 410, expired, false",
        "403, 403, forbidden, false"
    })
    void refuses_with_its_codes(String fault, int status, String code, boolean retryable) throws Exception {
        simulator.faults("{\"custom\":{\"script\":[{\"on\":\"submit\",\"fault\":\"" + fault + "\"}]}}");

        var refused = submit(order(""));

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.json().at("/error/code").asText()).isEqualTo(code);
        assertThat(refused.json().at("/error/retryable").asBoolean()).isEqualTo(retryable);
    }

    @ParameterizedTest
    @CsvSource({
        "asset_timeout,true",
        "content_rejected,false",
        "internal,true",
        "worker_lost,true",
        "deadline_exceeded,true"
    })
    void fails_with_any_code(String code, boolean retryable) throws Exception {
        simulator.faults("{\"custom\":{\"script\":[{\"fault\":\"fail\",\"code\":\"" + code + "\"}]}}");

        var failed = await(submit(order("")).json(), "failed");

        assertThat(failed.at("/error/code").asText()).isEqualTo(code);
        assertThat(failed.at("/error/retryable").asBoolean()).isEqualTo(retryable);
        assertThat(failed.at("/cost/amount").asText()).isEqualTo("0");
    }

    @Test
    void tells_its_capabilities_echoes_the_request_and_wants_a_key() throws Exception {
        var told = custom.get("/v1/capabilities", "X-Request-Id", "r-1");

        assertThat(told.json().get("voices")).isNotEmpty();
        assertThat(told.header("x-request-id")).isEqualTo("r-1");
        var refused = custom.get("/v1/capabilities", "Authorization", "Bearer other");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.json().at("/error/code").asText()).isEqualTo("unauthorized");
    }
}
