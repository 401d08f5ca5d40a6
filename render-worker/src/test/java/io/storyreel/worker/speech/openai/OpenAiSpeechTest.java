package io.storyreel.worker.speech.openai;

import io.storyreel.worker.TestSettings;
import io.storyreel.worker.provider.ChargedException;
import io.storyreel.worker.provider.ResultLostException;
import io.storyreel.worker.speech.SpeechRefusedException;
import io.storyreel.worker.speech.SpeechSettings;
import io.storyreel.worker.speech.SpeechUnavailableException;
import io.storyreel.worker.speech.Utterance;
import io.storyreel.worker.speech.VendorStub;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

/** The error table of the protocol against a real server; what is repeated is the gateway's annotations' concern. */
class OpenAiSpeechTest {
    private static final Utterance HELLO = new Utterance("Hello", "default");

    @RegisterExtension
    final VendorStub server = new VendorStub();

    @Test
    void asks_for_a_wav_file_in_the_configured_voice() {
        server.say(speech(Map.of("storyreel.speech.api-key", "secret")), HELLO);

        assertThat(server.spoken()).isEqualTo("RIFF");
        assertThat(server.only().uri()).isEqualTo("/v1/audio/speech");
        assertThat(server.only().headers().get("Authorization")).isEqualTo("Bearer secret");
        assertThat(server.only().body().toJsonObject())
                .isEqualTo(new JsonObject()
                        .put("model", "gpt-4o-mini-tts")
                        .put("input", "Hello")
                        .put("voice", "alloy")
                        .put("response_format", "wav"));
    }

    @Test
    void translates_neutral_names_and_hands_others_over_as_they_are() {
        OpenAiSpeech speech = speech(Map.of("storyreel.speech.voices.narrator", "onyx"));

        server.say(speech, new Utterance("Hello", "narrator"));
        server.say(speech, new Utterance("Hello", "nova"));

        assertThat(server.asked())
                .extracting(asked -> asked.body().toJsonObject().getString("voice"))
                .containsExactly("onyx", "nova");
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
        server.answers(error(status, code, param));

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
        server.answers(error(status, code, null));

        assertThat(failure()).isInstanceOf(SpeechUnavailableException.class);
    }

    @Test
    void believes_the_server_when_it_says_whether_to_try_again() {
        server.answers(response -> error(500, null, null).accept(response.putHeader("x-should-retry", "false")));

        assertThat(failure()).isInstanceOf(SpeechRefusedException.class);
    }

    @Test
    void passes_on_how_long_the_server_asks_to_be_left_alone() {
        server.answers(response -> error(429, "slow_down", null).accept(response.putHeader("retry-after-ms", "700")));

        assertThat(((SpeechUnavailableException) failure()).retryAfter()).isEqualTo(Duration.ofMillis(700));
    }

    @Test
    void takes_an_empty_answer_as_passing() {
        server.answers(HttpServerResponse::end);

        assertThat(failure()).isInstanceOf(SpeechUnavailableException.class);
    }

    @Test
    void books_what_a_sound_has_cost_that_broke_off() {
        server.answers(VendorStub.brokenSound());
        OpenAiSpeech speech = speech(Map.of("storyreel.speech.price-per-million-characters", "15"));

        assertThatThrownBy(() -> server.say(speech, HELLO))
                .isInstanceOf(ChargedException.class)
                .hasFieldOrPropertyWithValue("cost", new BigDecimal("0.000075"))
                .hasCauseInstanceOf(ResultLostException.class);
    }

    @Test
    void does_not_know_what_a_sound_has_cost_that_broke_off_and_is_billed_by_its_length() {
        server.answers(VendorStub.brokenSound());
        OpenAiSpeech speech = speech(Map.of("storyreel.speech.price-per-second", "0.00025"));

        assertThatThrownBy(() -> server.say(speech, HELLO))
                .isInstanceOf(ChargedException.class)
                .hasFieldOrPropertyWithValue("cost", null)
                .hasCauseInstanceOf(ResultLostException.class);
    }

    @ParameterizedTest
    @CsvSource({"1, 0.005", "0, 0.0025", "-1, 0.0025"})
    void notices_a_sound_that_lacks_its_end_and_books_all_of_it(int missing, String cost) {
        int whole = 44 + 10 * 48_000;
        Buffer sound = Buffer.buffer("RIFF")
                .appendUnsignedIntLE(missing < 0 ? 0xFFFF_FFFFL : whole - 8 + (missing > 0 ? whole - 44 : 0))
                .appendBytes(new byte[whole - 8]);
        server.answers(response -> response.end(sound));
        OpenAiSpeech speech = speech(Map.of("storyreel.speech.price-per-second", "0.00025"));

        Throwable failure =
                catchThrowable(() -> assertThat(server.say(speech, HELLO)).isEqualByComparingTo(cost));

        if (missing > 0) {
            assertThat(failure).hasCauseInstanceOf(ResultLostException.class);
            assertThat(((ChargedException) failure).cost()).isEqualByComparingTo(cost);
        } else {
            assertThat(failure).isNull();
        }
    }

    @Test
    void tells_that_a_call_without_an_answer_may_have_been_charged() {
        server.answers(HttpServerResponse::reset);
        OpenAiSpeech speech = speech(Map.of("storyreel.speech.price-per-million-characters", "15"));

        assertThatThrownBy(() -> server.say(speech, HELLO))
                .isInstanceOf(ChargedException.class)
                .hasFieldOrPropertyWithValue("cost", null)
                .hasCauseInstanceOf(ResultLostException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>Please log in</html>", ""})
    void tells_that_a_call_may_have_been_charged_which_got_something_else_than_sound(String body) {
        server.answers(response -> response.putHeader("Content-Type", body.isEmpty() ? "audio/wav" : "text/html")
                .end(body));
        OpenAiSpeech speech = speech(Map.of("storyreel.speech.price-per-million-characters", "15"));

        assertThatThrownBy(() -> server.say(speech, HELLO))
                .isInstanceOf(ChargedException.class)
                .hasFieldOrPropertyWithValue("cost", null);
    }

    @Test
    void names_no_host_of_ours_when_the_server_is_away() {
        OpenAiSpeech speech = speech(Map.of("storyreel.speech.url", "http://127.0.0.1:1/v1"));

        assertThat(server.failure(speech, HELLO))
                .isInstanceOf(SpeechUnavailableException.class)
                .hasMessageEndingWith(" could not be reached");
    }

    @Test
    void survives_a_proxy_that_answers_with_a_page() {
        server.answers(response -> response.setStatusCode(502).end("<html>Bad gateway</html>"));

        assertThat(failure()).isInstanceOf(SpeechUnavailableException.class);
    }

    @Test
    void takes_a_page_instead_of_sound_as_passing() {
        server.answers(response ->
                response.putHeader("Content-Type", "text/html; charset=utf-8").end("<html>Please log in</html>"));

        assertThat(failure())
                .isInstanceOf(SpeechUnavailableException.class)
                .hasMessageContaining("STORYREEL_SPEECH_URL");
    }

    @Test
    void does_not_follow_a_server_that_sends_it_elsewhere() {
        server.answers(response -> response.setStatusCode(307)
                .putHeader("Location", server.address() + "/elsewhere")
                .end());

        assertThat(failure()).isInstanceOf(SpeechRefusedException.class).hasMessageContaining("STORYREEL_SPEECH_URL");
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void does_not_ask_openai_itself_without_a_key() {
        OpenAiSpeech speech = speech(Map.of("storyreel.speech.url", "https://api.openai.com/v1"));

        assertThat(server.failure(speech, HELLO))
                .isInstanceOf(SpeechRefusedException.class)
                .hasMessageContaining("OPENAI_API_KEY");
    }

    @Test
    void refuses_settings_that_cannot_be_sent_before_it_starts() {
        OpenAiSpeech key = speech(Map.of("storyreel.speech.api-key", "sk-1\nX-Evil: 1"));
        OpenAiSpeech address = speech(Map.of("storyreel.speech.url", "localhost:8000/v1"));

        assertThatThrownBy(key::checkSettings)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("OPENAI_API_KEY")
                .hasMessageNotContaining("Evil");
        assertThatThrownBy(address::checkSettings).hasMessageContaining("STORYREEL_SPEECH_URL");
    }

    @Test
    void refuses_what_is_too_long_before_paying() {
        assertThat(server.failure(speech(Map.of()), new Utterance("a".repeat(4_097), "default")))
                .isInstanceOf(SpeechRefusedException.class)
                .hasMessageContaining("4097")
                .hasMessageContaining("4096");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void charges_by_the_character() {
        OpenAiSpeech speech = speech(Map.of("storyreel.speech.price-per-million-characters", "15"));

        assertThat(speech.price(new Utterance("a".repeat(1_000), "default"))).isEqualByComparingTo("0.015");
        assertThat(server.say(speech, new Utterance("a".repeat(1_000), "default")))
                .isEqualByComparingTo("0.015");
    }

    @Test
    void charges_by_the_second_of_sound_where_the_model_is_billed_so() {
        server.answers(response -> response.end(Buffer.buffer(new byte[44 + 2 * 48_000])));

        BigDecimal charged = server.say(speech(Map.of("storyreel.speech.price-per-second", "0.00025")), HELLO);

        assertThat(charged).isEqualByComparingTo("0.0005");
    }

    @Test
    void knows_the_prices_of_openai_itself() {
        Map<String, String> official = Map.of("storyreel.speech.url", "https://api.openai.com/v1");
        Map<String, String> older =
                Map.of("storyreel.speech.url", "https://api.openai.com/v1", "storyreel.speech.model", "tts-1-hd");
        var line = new Utterance("a".repeat(1_200), "default");

        assertThat(speech(official).price(line)).isEqualByComparingTo("0.02525");
        assertThat(speech(older).price(line)).isEqualByComparingTo("0.036");
        assertThat(speech(Map.of()).price(line)).isZero();
    }

    @Test
    void finds_the_same_voice_again_only_for_the_same_words_voice_and_model() {
        OpenAiSpeech speech = speech(Map.of());
        String digest = speech.digest(server.cast(speech, HELLO));

        assertThat(speech.digest(new Utterance("Hello", "alloy"))).isEqualTo(digest);
        assertThat(speech.digest(new Utterance("Hello", "nova"))).isNotEqualTo(digest);
        assertThat(speech.digest(new Utterance("Hello!", "default"))).isNotEqualTo(digest);
        assertThat(speech(Map.of("storyreel.speech.model", "tts-1")).digest(new Utterance("Hello", "alloy")))
                .isNotEqualTo(digest);
    }

    private static Consumer<HttpServerResponse> error(int status, String code, String param) {
        var error = new JsonObject()
                .put("message", "THEIR WORDS")
                .put("type", "some_error")
                .put("param", param)
                .put("code", code);
        return VendorStub.json(status, new JsonObject().put("error", error));
    }

    private OpenAiSpeech speech(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(values);
        all.putIfAbsent("storyreel.speech.url", server.address() + "/v1");
        OpenAiSettings settings = TestSettings.of(OpenAiSettings.class, all);
        var gateway = new OpenAiGateway(server.call(), server.turns(), server.http(), settings);
        var speech = TestSettings.of(SpeechSettings.class, Map.of());
        return new OpenAiSpeech(settings, gateway, new ModelLife(gateway, settings, speech, Clock.systemUTC()));
    }

    private Throwable failure() {
        return server.failure(speech(Map.of()), HELLO);
    }
}
