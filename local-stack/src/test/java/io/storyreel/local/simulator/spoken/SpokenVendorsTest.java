package io.storyreel.local.simulator.spoken;

import io.storyreel.local.simulator.OnSimulator;
import io.storyreel.local.simulator.SimulatorClient;
import io.storyreel.local.simulator.SimulatorClient.Reply;
import io.storyreel.local.simulator.log.CallEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The three vendors that speak, seen by clients of their protocols. */
class SpokenVendorsTest extends OnSimulator {

    private static final String RACHEL = "/v1/text-to-speech/21m00Tcm4TlvDq8ikWAM";
    private static final String WAV = "?output_format=wav_24000";
    private static final String HELLO = "{\"text\":\"Hello world\"}";
    private static SimulatorClient openai;
    private static SimulatorClient elevenlabs;
    private static SimulatorClient azure;

    @BeforeAll
    static void start() throws Exception {
        openai = new SimulatorClient(simulator.url("openai"), Map.of("Authorization", "Bearer sk-1"));
        elevenlabs = new SimulatorClient(simulator.url("elevenlabs"), Map.of("xi-api-key", "0".repeat(32)));
        azure = new SimulatorClient(
                simulator.url("azure"),
                Map.of(
                        "Ocp-Apim-Subscription-Key", "0".repeat(32),
                        "User-Agent", "test",
                        "X-Microsoft-OutputFormat", "riff-24khz-16bit-mono-pcm"));
    }

    private static Reply openai(String fields) throws IOException, InterruptedException {
        return openai.post(
                "/v1/audio/speech",
                "{\"model\":\"gpt-4o-mini-tts\",\"voice\":\"alloy\",\"input\":\"Hello world\"" + fields + "}");
    }

    private static Reply azure(String document, String... headers) throws IOException, InterruptedException {
        var all = new String[headers.length + 2];
        all[0] = "Content-Type";
        all[1] = "application/ssml+xml";
        System.arraycopy(headers, 0, all, 2, headers.length);
        return azure.post("/cognitiveservices/v1", document, all);
    }

    private static String ssml(String inside) {
        return "<speak version=\"1.0\" xmlns=\"http://www.w3.org/2001/10/synthesis\" xml:lang=\"en-US\">" + inside
                + "</speak>";
    }

    private static String jenny(String text) {
        return ssml("<voice name=\"en-US-JennyNeural\">" + text + "</voice>");
    }

    private static double seconds(Reply wav) {
        assertThat(new String(wav.raw().body(), 0, 4, StandardCharsets.US_ASCII))
                .isEqualTo("RIFF");
        return (wav.raw().body().length - 44) / 48_000.0;
    }

    private static BigDecimal charged(String vendor) {
        return simulator.totals(vendor).charged();
    }

    @Test
    void every_vendor_really_speaks() throws Exception {
        var replies = new Reply[] {
            openai(",\"response_format\":\"wav\""), elevenlabs.post(RACHEL + WAV, HELLO), azure(jenny("Hello world"))
        };

        for (var reply : replies) {
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("Content-Type")).isEqualTo("audio/wav");
            assertThat(seconds(reply)).isBetween(0.4, 3.0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp3_44100_128", "opus_48000_64", "pcm_24000", "wav_8000"})
    void elevenlabs_knows_other_formats(String format) throws Exception {
        var reply = elevenlabs.post(RACHEL + "?output_format=" + format, HELLO);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.raw().body()).hasSizeGreaterThan(2_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"audio-24khz-96kbitrate-mono-mp3", "ogg-24khz-16bit-mono-opus", "raw-16khz-16bit-mono-pcm"})
    void azure_knows_other_formats(String format) throws Exception {
        var reply = azure(jenny("Hello world"), "X-Microsoft-OutputFormat", format);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.raw().body()).hasSizeGreaterThan(2_000);
    }

    @Test
    void every_sound_is_a_purchase_with_its_price() throws Exception {
        var sound = openai(",\"response_format\":\"wav\"");
        var spoken = elevenlabs.post(RACHEL + WAV, HELLO);
        elevenlabs.post(RACHEL + WAV, "{\"text\":\"Hello world\",\"model_id\":\"eleven_flash_v2_5\"}");
        azure(jenny("Hello \u4F60\u597D"));

        assertThat(charged("openai").doubleValue()).isCloseTo(seconds(sound) * 0.00025, within());
        assertThat(spoken.header("character-cost")).isEqualTo("11");
        assertThat(charged("elevenlabs")).isEqualByComparingTo("0.0017");
        assertThat(charged("azure")).isEqualByComparingTo("0.00015");
        assertThat(simulator.purchases("elevenlabs")).hasSize(2);
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(0.000001);
    }

    @Test
    void the_same_words_in_the_same_voice_are_the_same_scene() throws Exception {
        elevenlabs.post(RACHEL + WAV, HELLO);
        elevenlabs.post(RACHEL + WAV, HELLO);
        elevenlabs.post("/v1/text-to-speech/pNInz6obpgDQGcFmaJgB" + WAV, HELLO);

        assertThat(simulator.purchases("elevenlabs").stream()
                        .map(CallEntry::purchase)
                        .map(purchase -> purchase.scene())
                        .distinct())
                .hasSize(2);
    }

    @Test
    void keys_of_another_shape_are_refused_as_each_vendor_does() throws Exception {
        var foreign = Map.of("Authorization", "Bearer key_1", "xi-api-key", "key", "Ocp-Apim-Subscription-Key", "key");

        var openaiReply = new SimulatorClient(simulator.url("openai"), foreign).get("/v1/models");
        var elevenReply = new SimulatorClient(simulator.url("elevenlabs"), foreign).get("/v1/voices");
        var azureReply = new SimulatorClient(simulator.url("azure"), foreign).get("/cognitiveservices/voices/list");

        assertThat(openaiReply.status()).isEqualTo(401);
        assertThat(openaiReply.json().at("/error/code").asText()).isEqualTo("invalid_api_key");
        assertThat(elevenReply.status()).isEqualTo(401);
        assertThat(elevenReply.json().at("/detail/code").asText()).isEqualTo("invalid_api_key");
        assertThat(azureReply.status()).isEqualTo(401);
        assertThat(azureReply.raw().body()).isEmpty();
    }

    @Test
    void unknown_fields_are_refused() throws Exception {
        assertThat(openai(",\"emotion\":\"joy\"").json().at("/error/param").asText())
                .isEqualTo("emotion");

        var reply = elevenlabs.post(RACHEL + WAV, "{\"text\":\"Hello\",\"emotion\":\"joy\"}");
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().at("/detail/0/loc/1").asText()).isEqualTo("emotion");

        assertThat(azure(ssml("<voice name=\"en-US-JennyNeural\"><joy>Hi</joy></voice>"))
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/text-to-speech/nobody, '{\"text\":\"Hi\"}', 404, voice_not_found",
        "/v1/text-to-speech/21m00Tcm4TlvDq8ikWAM, '{\"text\":\"Hi\",\"model_id\":\"old\"}', 404, model_not_found",
        "/v1/text-to-speech/21m00Tcm4TlvDq8ikWAM?output_format=gsm, '{\"text\":\"Hi\"}', 400, invalid_output_format",
        "/v1/text-to-speech/21m00Tcm4TlvDq8ikWAM, '{\"text\":\"Hi\",\"voice_settings\":{\"speed\":3}}', 400,"
                + " invalid_voice_settings"
    })
    void elevenlabs_says_what_is_wrong(String path, String body, int status, String code) throws Exception {
        var reply = elevenlabs.post(path, body);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.json().at("/detail/code").asText()).isEqualTo(code);
        assertThat(simulator.purchases("elevenlabs")).isEmpty();
    }

    @Test
    void elevenlabs_lists_voices_models_and_credits() throws Exception {
        elevenlabs.post(RACHEL + WAV, HELLO);

        assertThat(elevenlabs.get("/v1/voices").json().at("/voices/0/voice_id").asText())
                .hasSize(20);
        assertThat(elevenlabs.get("/v1/models").json()).hasSize(4);
        assertThat(elevenlabs
                        .get("/v1/user/subscription")
                        .json()
                        .get("character_count")
                        .asInt())
                .isPositive();
    }

    @Test
    void azure_is_strict_about_headers_and_documents() throws Exception {
        assertThat(azure(jenny("Hi"), "Content-Type", "text/xml").status()).isEqualTo(415);
        assertThat(azure(jenny("Hi"), "X-Microsoft-OutputFormat", "mp3").status())
                .isEqualTo(400);
        assertThat(azure("<speak>Hi</speak>").status()).isEqualTo(400);
        assertThat(azure(jenny("Hi & bye")).status()).isEqualTo(400);
        assertThat(azure(ssml("<voice name=\"alloy\">Hi</voice>")).status()).isEqualTo(400);
        assertThat(azure("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" + jenny("&e;"))
                        .status())
                .isEqualTo(400);
        assertThat(simulator.purchases("azure")).isEmpty();
    }

    @Test
    void azure_makes_no_sound_of_a_text_without_words_and_charges_nothing() throws Exception {
        var reply = azure(jenny("\u4F60\u597D"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.raw().body()).isEmpty();
        assertThat(simulator.purchases("azure")).isEmpty();
    }

    @Test
    void credit_ends_in_each_vendors_own_way() throws Exception {
        for (var vendor : new String[] {"openai", "elevenlabs", "azure"}) {
            simulator.faults("{\"" + vendor + "\":{\"script\":[{\"fault\":\"quota\"}]}}");
        }

        var eleven = elevenlabs.post(RACHEL, HELLO);
        assertThat(openai("").json().at("/error/code").asText()).isEqualTo("insufficient_quota");
        assertThat(eleven.status()).isEqualTo(401);
        assertThat(eleven.json().at("/detail/status").asText()).isEqualTo("quota_exceeded");
        assertThat(azure(jenny("Hi")).status()).isEqualTo(403);
    }

    @Test
    void a_sound_can_break_off_and_is_charged() {
        simulator.faults("{\"elevenlabs\":{\"script\":[{\"fault\":\"cut\"}]}}");

        assertThatThrownBy(() -> elevenlabs.post(RACHEL + WAV, HELLO)).isInstanceOf(IOException.class);
        assertThat(charged("elevenlabs")).isEqualByComparingTo("0.0011");
    }
}
