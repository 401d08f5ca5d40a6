package io.storyreel.worker.speech.elevenlabs;

import io.storyreel.worker.TestSettings;
import io.storyreel.worker.provider.ChargedException;
import io.storyreel.worker.provider.ResultLostException;
import io.storyreel.worker.speech.SpeechBusyException;
import io.storyreel.worker.speech.SpeechRefusedException;
import io.storyreel.worker.speech.SpeechUnavailableException;
import io.storyreel.worker.speech.Utterance;
import io.storyreel.worker.speech.VendorStub;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** ElevenLabs' protocol and its error table against a real server; repetition is the gateway's annotations' concern. */
class ElevenLabsSpeechTest {
    private static final String ID = "21m00Tcm4TlvDq8ikWAM";
    private static final Utterance HELLO = new Utterance("Hello", "default");

    @RegisterExtension
    final VendorStub server = new VendorStub();

    @Test
    void asks_for_a_wav_file_with_the_key_in_its_own_header() {
        server.say(speech(Map.of()), HELLO);

        assertThat(server.spoken()).isEqualTo("RIFF");
        assertThat(server.only().uri()).isEqualTo("/v1/text-to-speech/" + ID + "?output_format=wav_24000");
        assertThat(server.only().headers().get("xi-api-key")).isEqualTo("secret");
        assertThat(server.only().headers().contains("Authorization")).isFalse();
        assertThat(server.only().body().toJsonObject())
                .isEqualTo(new JsonObject().put("text", "Hello").put("model_id", "eleven_multilingual_v2"));
    }

    @Test
    void books_what_the_answer_says_it_has_charged() {
        server.answers(response -> VendorStub.sound().accept(response.putHeader("character-cost", "17")));

        assertThat(server.say(speech(Map.of()), HELLO)).isEqualByComparingTo("0.0017");
    }

    @Test
    void books_the_price_of_the_characters_where_the_answer_does_not_say() {
        Map<String, String> flash = Map.of("storyreel.elevenlabs.model", "eleven_flash_v2_5");

        assertThat(server.say(speech(Map.of()), HELLO)).isEqualByComparingTo("0.0005");
        assertThat(server.say(speech(flash), HELLO)).isEqualByComparingTo("0.00025");
    }

    @ParameterizedTest
    @CsvSource({
        "400, text_too_long, speech_refused",
        "400, invalid_voice_settings, speech_refused",
        "400, unsupported_model, speech_not_set_up",
        "400, invalid_output_format, speech_refused",
        "401, invalid_api_key, speech_not_set_up",
        "401, missing_api_key, speech_not_set_up",
        "401, quota_exceeded, speech_credit_used_up",
        "402, insufficient_credits, speech_credit_used_up",
        "403, feature_not_available, speech_not_set_up",
        "403, subscription_required, speech_not_set_up",
        "403, voice_access_denied, voice_not_found",
        "404, voice_not_found, voice_not_found",
        "404, model_not_found, speech_not_set_up"
    })
    void takes_refusals_as_final_and_tells_them_in_its_own_words(int status, String code, String ours) {
        server.answers(VendorStub.json(
                status,
                detail(new JsonObject()
                        .put("type", "some_error")
                        .put("code", code)
                        .put("message", "THEIR WORDS")
                        .put("status", "an_old_code")
                        .put("request_id", "r-1"))));

        assertRefused(ours);
    }

    @ParameterizedTest
    @CsvSource({
        "401, quota_exceeded, speech_credit_used_up",
        "401, invalid_api_key, speech_not_set_up",
        "404, voice_not_found, voice_not_found"
    })
    void reads_the_old_shape_of_errors(int status, String code, String ours) {
        server.answers(VendorStub.json(
                status, detail(new JsonObject().put("status", code).put("message", "THEIR WORDS"))));

        assertRefused(ours);
    }

    @Test
    void reads_the_list_that_a_malformed_body_is_answered_with() {
        var fault = new JsonObject()
                .put("loc", new JsonArray().add("body").add("text"))
                .put("msg", "THEIR WORDS")
                .put("type", "missing");
        server.answers(VendorStub.json(422, new JsonObject().put("detail", new JsonArray().add(fault))));

        assertRefused("speech_refused");
    }

    @ParameterizedTest
    @CsvSource({
        "concurrent_limit_exceeded, 1",
        "too_many_concurrent_requests, 1",
        "system_busy, 2",
        "rate_limit_exceeded, "
    })
    void tells_the_three_kinds_of_too_much_apart(String code, Integer seconds) {
        server.answers(VendorStub.json(429, detail(new JsonObject().put("code", code))));

        Throwable failure = failure();

        assertThat(failure).isInstanceOf(SpeechBusyException.class);
        assertThat(((SpeechBusyException) failure).retryAfter())
                .isEqualTo(seconds == null ? null : Duration.ofSeconds(seconds));
    }

    @Test
    void waits_as_long_as_it_is_asked_to_although_that_is_not_documented() {
        server.answers(response -> VendorStub.json(429, detail(new JsonObject().put("code", "system_busy")))
                .accept(response.putHeader("Retry-After", "9")));

        assertThat(((SpeechBusyException) failure()).retryAfter()).isEqualTo(Duration.ofSeconds(9));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 409})
    void does_not_know_whether_a_call_that_the_server_gave_up_was_charged(int status) {
        server.answers(VendorStub.status(status));

        assertThat(failure()).isInstanceOf(ResultLostException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void takes_trouble_of_the_server_as_passing(int status) {
        server.answers(response -> response.setStatusCode(status).end("<html>Bad gateway</html>"));

        assertThat(failure()).isInstanceOf(SpeechUnavailableException.class);
    }

    @Test
    void books_what_was_charged_for_a_sound_that_broke_off() {
        server.answers(response -> VendorStub.brokenSound().accept(response.putHeader("character-cost", "5")));

        assertThatThrownBy(() -> server.say(speech(Map.of()), HELLO))
                .isInstanceOf(ChargedException.class)
                .hasFieldOrPropertyWithValue("cost", new BigDecimal("0.00050"))
                .hasCauseInstanceOf(ResultLostException.class);
    }

    @Test
    void says_no_more_lines_at_once_than_the_plan_allows_by_its_answers() {
        ElevenLabsSpeech speech = speech(Map.of());
        server.answers(response -> VendorStub.sound().accept(response.putHeader("maximum-concurrent-requests", "1")));
        server.say(speech, HELLO);
        List<HttpServerResponse> held = new CopyOnWriteArrayList<>();
        server.answers(held::add);

        List<CompletableFuture<BigDecimal>> lines = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> server.say(speech, HELLO)))
                .limit(2)
                .toList();

        Awaitility.await().until(() -> held.size() == 1);
        VendorStub.sound().accept(held.get(0));
        Awaitility.await().until(() -> held.size() == 2);
        assertThat(lines).filteredOn(CompletableFuture::isDone).hasSize(1);
        VendorStub.sound().accept(held.get(1));
        assertThat(CompletableFuture.allOf(lines.toArray(CompletableFuture[]::new)))
                .succeedsWithin(Duration.ofSeconds(20));
    }

    @Test
    void looks_names_up_among_the_voices_of_the_account_once() {
        server.answers(this::voicesOrSound);
        ElevenLabsSpeech speech = speech(Map.of());

        assertThat(server.cast(speech, new Utterance("Hello", "rachel")).voice())
                .isEqualTo("aaaaaaaaaaaaaaaaaaaB");
        assertThat(server.cast(speech, new Utterance("Bye", "Rachel")).voice()).isEqualTo("aaaaaaaaaaaaaaaaaaaB");
        assertThat(server.only().uri()).isEqualTo("/v1/voices");
    }

    @Test
    void speaks_with_the_first_voice_of_the_account_where_none_is_configured() {
        server.answers(this::voicesOrSound);
        ElevenLabsSpeech speech = speech(Map.of("storyreel.elevenlabs.default-voice", ""));

        assertThat(server.cast(speech, HELLO).voice()).isEqualTo("aaaaaaaaaaaaaaaaaaaA");
    }

    @Test
    void asks_nobody_for_voices_that_are_configured() {
        ElevenLabsSpeech speech = speech(Map.of("storyreel.elevenlabs.voices.narrator", ID));

        assertThat(server.cast(speech, new Utterance("Hello", "narrator")).voice())
                .isEqualTo(ID);
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void refuses_a_voice_that_nobody_has_before_paying() {
        server.answers(this::voicesOrSound);

        assertThat(server.failure(speech(Map.of()), new Utterance("Hello", "../../v1/user")))
                .isInstanceOf(SpeechRefusedException.class)
                .hasMessageContaining("STORYREEL_ELEVENLABS_VOICES_<NAME>");
        assertThat(server.only().uri()).isEqualTo("/v1/voices");
    }

    @Test
    void names_the_settings_where_the_key_may_not_list_voices() {
        server.answers(VendorStub.json(401, detail(new JsonObject().put("status", "missing_permissions"))));

        assertThat(server.failure(speech(Map.of()), new Utterance("Hello", "Rachel")))
                .isInstanceOf(SpeechRefusedException.class)
                .hasMessageContaining("STORYREEL_ELEVENLABS_DEFAULT_VOICE");
    }

    @Test
    void survives_a_list_of_voices_that_is_none() {
        server.answers(VendorStub.json(200, new JsonObject().put("voices", "many")));

        assertThat(server.failure(speech(Map.of()), new Utterance("Hello", "Rachel")))
                .isInstanceOf(SpeechRefusedException.class);
    }

    @Test
    void refuses_what_is_too_long_for_the_model_before_paying() {
        Map<String, String> v3 = Map.of("storyreel.elevenlabs.model", "eleven_v3");

        assertThat(server.failure(speech(v3), new Utterance("a".repeat(5_001), "default")))
                .isInstanceOf(SpeechRefusedException.class)
                .hasMessageContaining("5001")
                .hasMessageContaining("5000");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void names_the_setting_where_the_key_is_missing() {
        assertThat(server.failure(speech(Map.of("storyreel.elevenlabs.api-key", "")), HELLO))
                .isInstanceOf(SpeechRefusedException.class)
                .hasMessageContaining("ELEVENLABS_API_KEY");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void refuses_a_key_of_two_lines_before_it_starts() {
        ElevenLabsSpeech speech = speech(Map.of("storyreel.elevenlabs.api-key", "one\ntwo"));

        assertThatThrownBy(speech::checkSettings)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ELEVENLABS_API_KEY")
                .hasMessageNotContaining("two");
    }

    private void voicesOrSound(HttpServerResponse response) {
        var voices = new JsonArray()
                .add(new JsonObject().put("voice_id", "aaaaaaaaaaaaaaaaaaaA").put("name", "Adam"))
                .add(new JsonObject().put("voice_id", "aaaaaaaaaaaaaaaaaaaB").put("name", "Rachel"));
        VendorStub.json(200, new JsonObject().put("voices", voices)).accept(response);
    }

    private void assertRefused(String code) {
        Throwable failure = failure();
        assertThat(failure).isInstanceOf(SpeechRefusedException.class).hasMessageNotContaining("THEIR WORDS");
        assertThat(((SpeechRefusedException) failure).code()).isEqualTo(code);
    }

    private Throwable failure() {
        return server.failure(speech(Map.of()), HELLO);
    }

    private static JsonObject detail(JsonObject detail) {
        return new JsonObject().put("detail", detail);
    }

    private ElevenLabsSpeech speech(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(values);
        all.putIfAbsent("storyreel.elevenlabs.api-key", "secret");
        all.putIfAbsent("storyreel.elevenlabs.default-voice", ID);
        all.put("storyreel.elevenlabs.url", server.address());
        ElevenLabsSettings settings = TestSettings.of(ElevenLabsSettings.class, all);
        var gateway = new ElevenLabsGateway(server.call(), server.turns(), server.http(), settings);
        return new ElevenLabsSpeech(settings, gateway, new AccountVoices(gateway, Clock.systemUTC()));
    }
}
