package io.storyreel.worker.speech.openai;

import io.storyreel.worker.TestSettings;
import io.storyreel.worker.speech.SpeechRefusedException;
import io.storyreel.worker.speech.SpeechSettings;
import io.storyreel.worker.speech.SpeechUnavailableException;
import io.storyreel.worker.speech.Utterance;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** The error table of the protocol against a real server; what is repeated is the gateway's annotations' concern. */
class OpenAiSpeechTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final List<JsonObject> requests = new CopyOnWriteArrayList<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private Consumer<HttpServerResponse> answer = response -> response.end(Buffer.buffer("RIFF"));
    private HttpServer server;

    @BeforeEach
    void serve() {
        server = vertx.createHttpServer()
                .requestHandler(this::handle)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void handle(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            requests.add(body.toJsonObject().put("path", request.path()));
            keys.add(String.valueOf(request.getHeader("Authorization")));
            answer.accept(request.response());
        });
    }

    @Test
    void asks_for_a_wav_file_in_the_configured_voice() {
        OpenAiSpeech speech = speech(Map.of("storyreel.speech.api-key", "secret"));

        say(speech, new Utterance("Hello", "default"));

        assertThat(directory.resolve("voice.wav")).hasContent("RIFF");
        assertThat(keys).containsExactly("Bearer secret");
        assertThat(requests)
                .containsExactly(new JsonObject()
                        .put("model", "gpt-4o-mini-tts")
                        .put("input", "Hello")
                        .put("voice", "alloy")
                        .put("response_format", "wav")
                        .put("path", "/v1/audio/speech"));
    }

    @Test
    void translates_neutral_names_and_hands_others_over_as_they_are() {
        OpenAiSpeech speech = speech(Map.of("storyreel.speech.voices.narrator", "onyx"));

        say(speech, new Utterance("Hello", "narrator"));
        say(speech, new Utterance("Hello", "nova"));

        assertThat(requests).extracting(body -> body.getString("voice")).containsExactly("onyx", "nova");
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_value, voice, voice_not_found",
        "400, invalid_value, input, speech_refused",
        "401, invalid_api_key, , speech_not_set_up",
        "403, unsupported_country_region_territory, , speech_not_set_up",
        "404, model_not_found, model, speech_not_set_up",
        "429, insufficient_quota, , speech_credit_used_up",
        "429, credit_balance_exhausted, , speech_credit_used_up"
    })
    void takes_refusals_as_final_and_tells_them_in_its_own_words(int status, String code, String param, String ours) {
        answer = error(status, code, param);

        Throwable failure = failure();

        assertThat(failure).isInstanceOf(SpeechRefusedException.class).hasMessageNotContaining("THEIR WORDS");
        assertThat(((SpeechRefusedException) failure).code()).isEqualTo(ours);
    }

    @ParameterizedTest
    @CsvSource({
        "408, ",
        "409, conflict",
        "429, rate_limit_exceeded",
        "429, slow_down",
        "500, ",
        "502, ",
        "503, overloaded",
        "504, "
    })
    void takes_trouble_of_the_server_as_passing(int status, String code) {
        answer = error(status, code, null);

        assertThat(failure()).isInstanceOf(SpeechUnavailableException.class);
    }

    @Test
    void believes_the_server_when_it_says_whether_to_try_again() {
        answer = response -> error(500, null, null).accept(response.putHeader("x-should-retry", "false"));

        assertThat(failure()).isInstanceOf(SpeechRefusedException.class);
    }

    @Test
    void passes_on_how_long_the_server_asks_to_be_left_alone() {
        answer = response -> error(429, "slow_down", null).accept(response.putHeader("retry-after-ms", "700"));

        assertThat(((SpeechUnavailableException) failure()).retryAfter()).isEqualTo(Duration.ofMillis(700));
    }

    @Test
    void takes_an_empty_answer_as_passing() {
        answer = HttpServerResponse::end;

        assertThat(failure()).isInstanceOf(SpeechUnavailableException.class);
    }

    @Test
    void takes_an_answer_that_breaks_off_as_passing() {
        answer = response ->
                response.putHeader("Content-Length", "100").write("RIFF").onSuccess(sent -> response.reset());

        assertThat(failure()).isInstanceOf(SpeechUnavailableException.class);
    }

    @Test
    void survives_a_proxy_that_answers_with_a_page() {
        answer = response -> response.setStatusCode(502).end("<html>Bad gateway</html>");

        assertThat(failure()).isInstanceOf(SpeechUnavailableException.class);
    }

    @Test
    void charges_by_the_character() {
        OpenAiSpeech speech = speech(Map.of("storyreel.speech.price-per-million-characters", "15"));

        assertThat(speech.price(new Utterance("a".repeat(1_000), "default"))).isEqualByComparingTo("0.015");
    }

    @Test
    void finds_the_same_voice_again_only_for_the_same_words_voice_and_model() {
        OpenAiSpeech speech = speech(Map.of());
        String digest = speech.digest(new Utterance("Hello", "default"));

        assertThat(speech.digest(new Utterance("Hello", "alloy"))).isEqualTo(digest);
        assertThat(speech.digest(new Utterance("Hello", "nova"))).isNotEqualTo(digest);
        assertThat(speech.digest(new Utterance("Hello!", "default"))).isNotEqualTo(digest);
        assertThat(speech(Map.of("storyreel.speech.model", "tts-1")).digest(new Utterance("Hello", "default")))
                .isNotEqualTo(digest);
    }

    private static Consumer<HttpServerResponse> error(int status, String code, String param) {
        var error = new JsonObject()
                .put("message", "THEIR WORDS")
                .put("type", "some_error")
                .put("param", param)
                .put("code", code);
        return response -> response.setStatusCode(status)
                .end(new JsonObject().put("error", error).toBuffer());
    }

    private OpenAiSpeech speech(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(values);
        all.put("storyreel.speech.url", "http://127.0.0.1:" + server.actualPort() + "/v1");
        SpeechSettings settings = TestSettings.of(SpeechSettings.class, all);
        return new OpenAiSpeech(settings, new OpenAiGateway(vertx, settings));
    }

    private void say(OpenAiSpeech speech, Utterance utterance) {
        speech.speak(utterance, directory.resolve("voice.wav")).await().atMost(LIMIT);
    }

    private Throwable failure() {
        return catchThrowable(() -> say(speech(Map.of()), new Utterance("Hello", "default")));
    }
}
