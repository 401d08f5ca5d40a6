package io.storyreel.worker.speech.azure;

import io.storyreel.worker.TestSettings;
import io.storyreel.worker.provider.ResultLostException;
import io.storyreel.worker.speech.SpeechBusyException;
import io.storyreel.worker.speech.SpeechRefusedException;
import io.storyreel.worker.speech.SpeechUnavailableException;
import io.storyreel.worker.speech.Utterance;
import io.storyreel.worker.speech.VendorStub;
import io.vertx.core.http.HttpServerResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Azure's protocol and its error table against a real server; repetition is the gateway's annotations' concern. */
class AzureSpeechTest {
    private static final Utterance HELLO = new Utterance("Hello", "default");

    @RegisterExtension
    final VendorStub server = new VendorStub();

    @Test
    void sends_a_document_with_the_key_and_the_name_of_the_application() {
        server.say(speech(Map.of()), HELLO);

        assertThat(server.spoken()).isEqualTo("RIFF");
        assertThat(server.only().uri()).isEqualTo("/cognitiveservices/v1");
        assertThat(server.only().headers().get("Ocp-Apim-Subscription-Key")).isEqualTo("secret");
        assertThat(server.only().headers().get("Content-Type")).isEqualTo("application/ssml+xml");
        assertThat(server.only().headers().get("X-Microsoft-OutputFormat")).isEqualTo("riff-24khz-16bit-mono-pcm");
        assertThat(server.only().headers().get("User-Agent")).isEqualTo("Storyreel");
        assertThat(server.only().body())
                .hasToString("<speak xmlns=\"http://www.w3.org/2001/10/synthesis\" version=\"1.0\" xml:lang=\"en-US\">"
                        + "<voice name=\"en-US-JennyNeural\">Hello</voice></speak>");
    }

    @Test
    void says_markup_in_a_text_and_does_not_obey_it() {
        server.say(
                speech(Map.of()),
                new Utterance("</voice><break time=\"20s\"/> R&B \u0000\uFFFE ok \uD83C\uDFAC", "default"));

        assertThat(server.only().body().toString())
                .contains("&lt;/voice&gt;&lt;break time=\"20s\"/&gt; R&amp;B  ok \uD83C\uDFAC</voice>");
    }

    @Test
    void speaks_the_language_of_the_voice() {
        server.say(
                speech(Map.of("storyreel.azure-speech.voices.erzaehler", "de-DE-KatjaNeural")),
                new Utterance("Hallo", "erzaehler"));
        server.say(speech(Map.of()), new Utterance("Ni hao", "zh-CN-shaanxi-XiaoniNeural"));

        assertThat(server.asked().get(0).body().toString())
                .contains("xml:lang=\"de-DE\"")
                .contains("de-DE-KatjaNeural");
        assertThat(server.asked().get(1).body().toString()).contains("xml:lang=\"zh-CN\"");
    }

    @Test
    void counts_ideographs_twice() {
        assertThat(speech(Map.of()).price(new Utterance("Hello", "default"))).isEqualByComparingTo("0.000075");
        assertThat(speech(Map.of()).price(new Utterance("\u4F60\u597D!", "default")))
                .isEqualByComparingTo("0.000075");
        assertThat(server.say(speech(Map.of()), HELLO)).isEqualByComparingTo("0.000075");
    }

    @ParameterizedTest
    @CsvSource({
        "400, voice_not_found",
        "401, speech_not_set_up",
        "403, speech_credit_used_up",
        "404, speech_not_set_up",
        "415, speech_refused"
    })
    void takes_refusals_as_final_and_tells_them_in_its_own_words(int status, String ours) {
        server.answers(response -> response.setStatusCode(status).end("THEIR WORDS"));

        Throwable failure = failure();

        assertThat(failure).isInstanceOf(SpeechRefusedException.class).hasMessageNotContaining("THEIR WORDS");
        assertThat(((SpeechRefusedException) failure).code()).isEqualTo(ours);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 499})
    void does_not_know_whether_a_call_that_the_server_gave_up_was_charged(int status) {
        server.answers(VendorStub.status(status));

        assertThat(failure()).isInstanceOf(ResultLostException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void takes_trouble_of_the_server_as_passing(int status) {
        server.answers(VendorStub.status(status));

        assertThat(failure()).isInstanceOf(SpeechUnavailableException.class).isNotInstanceOf(SpeechBusyException.class);
    }

    @Test
    void takes_too_much_as_passing_and_listens_for_how_long() {
        server.answers(response ->
                response.setStatusCode(429).putHeader("Retry-After", "3").end());

        assertThat(failure()).isInstanceOfSatisfying(SpeechBusyException.class, busy -> assertThat(busy.retryAfter())
                .isEqualTo(Duration.ofSeconds(3)));
    }

    @Test
    void does_not_ask_again_where_azure_found_nothing_to_say() {
        server.answers(HttpServerResponse::end);

        assertThat(failure()).isInstanceOf(SpeechRefusedException.class).hasMessageContaining("language");
    }

    @ParameterizedTest
    @ValueSource(strings = {"alloy", "en-US", "\"><evil/>"})
    void refuses_names_that_no_voice_of_azures_has_before_paying(String voice) {
        assertThat(server.failure(speech(Map.of()), new Utterance("Hello", voice)))
                .isInstanceOf(SpeechRefusedException.class)
                .hasMessageContaining("STORYREEL_AZURE_SPEECH_VOICES_<NAME>");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void refuses_what_is_too_long_or_nothing_at_all_before_paying() {
        assertThat(server.failure(speech(Map.of()), new Utterance("&".repeat(14_000), "default")))
                .isInstanceOf(SpeechRefusedException.class)
                .hasMessageContaining("64 KB");
        assertThat(server.failure(speech(Map.of()), new Utterance("\u0001 \u0002", "default")))
                .isInstanceOf(SpeechRefusedException.class);
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void names_the_settings_that_are_missing() {
        AzureSpeech withoutKey = speech(Map.of("storyreel.azure-speech.key", ""));
        AzureSpeech withoutRegion = speech(Map.of("storyreel.azure-speech.url", ""));

        assertThat(server.failure(withoutKey, HELLO)).hasMessageContaining("AZURE_SPEECH_KEY");
        assertThat(server.failure(withoutRegion, HELLO)).hasMessageContaining("AZURE_SPEECH_REGION");
    }

    @Test
    void goes_to_the_host_of_the_region_and_lets_no_region_name_another() {
        var westEurope = Map.of("storyreel.azure-speech.region", "westeurope");
        var evil = Map.of("storyreel.azure-speech.region", "evil.example/", "storyreel.azure-speech.url", "");

        assertThat(AzureAddress.of(TestSettings.of(AzureSettings.class, westEurope)))
                .isEqualTo("https://westeurope.tts.speech.microsoft.com");
        assertThatThrownBy(speech(evil)::checkSettings)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("AZURE_SPEECH_REGION");
    }

    private Throwable failure() {
        return server.failure(speech(Map.of()), HELLO);
    }

    private AzureSpeech speech(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(values);
        all.putIfAbsent("storyreel.azure-speech.key", "secret");
        all.putIfAbsent("storyreel.azure-speech.url", server.address());
        AzureSettings settings = TestSettings.of(AzureSettings.class, all);
        return new AzureSpeech(settings, new AzureGateway(server.call(), server.turns(), settings));
    }
}
