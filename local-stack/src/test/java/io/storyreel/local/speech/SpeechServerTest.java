package io.storyreel.local.speech;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.storyreel.local.media.FfmpegBinary;
import io.storyreel.local.process.FreePorts;
import io.storyreel.local.process.LogSink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class SpeechServerTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static SpeechServer server;

    @BeforeAll
    static void start() throws Exception {
        var ffmpeg = FfmpegBinary.find(Map.of(), Path.of("target/test-programs"));
        server = new SpeechServer(FreePorts.next(), "key", ffmpeg.path(), LogSink.NOWHERE);
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @Test
    void speaks_wav_of_24_kilohertz_mono_that_begins_at_once() throws Exception {
        var answer = speak(
                "{\"model\":\"tts-1\",\"input\":\"Hello there.\",\"voice\":\"nova\"," + "\"response_format\":\"wav\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("audio/wav");
        assertThat(answer.headers().firstValue("x-request-id")).isPresent();
        var header = ByteBuffer.wrap(answer.body()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(header.getInt(24)).isEqualTo(24_000);
        assertThat(header.getShort(22)).isEqualTo((short) 1);
        assertThat(header.getInt(40)).isEqualTo(answer.body().length - 44);
        var samples = samples(Arrays.copyOfRange(answer.body(), 44, answer.body().length));
        assertThat(samples.length / 24_000.0).isBetween(0.4, 2.0);
        var firstSound = IntStream.range(0, samples.length)
                .filter(i -> Math.abs(samples[i]) > 327)
                .findFirst()
                .orElseThrow();
        assertThat(firstSound).isLessThan(24_000 / 50);
    }

    @Test
    void a_log_that_cannot_be_written_costs_no_answer() throws Exception {
        LogSink full = (process, line) -> {
            throw new UncheckedIOException(new IOException("No space left on device"));
        };
        try (var unlogged = new SpeechServer(FreePorts.next(), "key", Path.of("unused"), full)) {
            unlogged.start();
            var body = "{\"model\":\"tts-1\",\"input\":\"Hello.\",\"voice\":\"nova\",\"response_format\":\"wav\"}";

            assertThat(speak(unlogged, body).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void pcm_is_the_same_sound_without_a_header_and_the_same_each_time() throws Exception {
        var body = "{\"model\":\"tts-1\",\"input\":\"Again.\",\"voice\":\"nova\",\"response_format\":\"%s\"}";

        var wav = speak(body.formatted("wav")).body();
        var pcm = speak(body.formatted("pcm")).body();

        assertThat(pcm).isEqualTo(Arrays.copyOfRange(wav, 44, wav.length));
        assertThat(speak(body.formatted("pcm")).body()).isEqualTo(pcm);
    }

    @ParameterizedTest
    @CsvSource({"mp3,audio/mpeg", "opus,audio/opus", "aac,audio/aac", "flac,audio/flac"})
    void encodes_the_other_formats(String format, String type) throws Exception {
        var answer = speak(
                "{\"model\":\"tts-1\",\"input\":\"Short.\",\"voice\":\"echo\",\"response_format\":\"" + format + "\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue(type);
        var magic = new String(answer.body(), 0, 4, StandardCharsets.ISO_8859_1);
        switch (format) {
            case "mp3" -> assertThat(magic).startsWith("ID3");
            case "opus" -> assertThat(magic).isEqualTo("OggS");
            case "flac" -> assertThat(magic).isEqualTo("fLaC");
            default -> assertThat(answer.body()[0]).isEqualTo((byte) 0xff);
        }
    }

    @Test
    void voices_differ_and_speed_shortens() throws Exception {
        var body = "{\"model\":\"tts-1\",\"input\":\"One two three four.\",\"voice\":\"%s\",\"speed\":%s,"
                + "\"response_format\":\"pcm\"}";

        var onyx = speak(body.formatted("onyx", "1")).body();
        var shimmer = speak(body.formatted("shimmer", "1")).body();
        var fast = speak(body.formatted("onyx", "2")).body();

        assertThat(onyx).isNotEqualTo(shimmer);
        assertThat((double) fast.length / onyx.length).isBetween(0.4, 0.65);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"model\":\"tts-1\",\"voice\":\"nova\"} | 400 | input | missing_required_parameter",
                "{\"model\":\"tts-1\",\"input\":\"a\"} | 400 | voice | missing_required_parameter",
                "{\"model\":\"tts-1\",\"input\":\"a\",\"voice\":\"bob\"} | 400 | voice | invalid_value",
                "{\"model\":\"tts-1\",\"input\":\"a\",\"voice\":\"cedar\"} | 400 | voice | invalid_value",
                "{\"model\":\"tts-1\",\"input\":\"a\",\"voice\":\"nova\",\"x\":1} | 400 | x | unknown_parameter",
                "{\"model\":\"tts-1\",\"input\":\"a\",\"voice\":\"nova\",\"speed\":9} | 400 | speed | invalid_value",
                "{\"model\":\"tts-1\",\"input\":\"日本語\",\"voice\":\"nova\"} | 400 | input | invalid_value",
                "{\"model\":\"tts-9\",\"input\":\"a\",\"voice\":\"nova\"} | 404 | model | model_not_found",
            })
    void refuses_what_openai_refuses_in_its_words(String body, int status, String param, String code) throws Exception {
        var answer = speak(body);

        assertThat(answer.statusCode()).isEqualTo(status);
        var error = JSON.readTree(answer.body()).path("error");
        assertThat(error.path("param").asText()).isEqualTo(param);
        assertThat(error.path("code").asText()).isEqualTo(code);
        assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
        assertThat(error.path("message").asText()).isNotBlank();
    }

    @Test
    void refuses_a_text_of_more_than_4096_characters_and_broken_json() throws Exception {
        var tooLong = speak("{\"model\":\"tts-1\",\"voice\":\"nova\",\"input\":\"" + "a".repeat(4097) + "\"}");
        assertThat(error(tooLong).path("message").asText()).contains("4096").contains("4097");
        assertThat(speak("{").statusCode()).isEqualTo(400);
    }

    @Test
    void wants_its_key() throws Exception {
        var answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(server.url() + "/models")).build(),
                HttpResponse.BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(error(answer).path("code").asText()).isEqualTo("invalid_api_key");
    }

    @Test
    void lists_its_models_and_describes_each() throws Exception {
        var ids = JSON.readTree(get("/models").body()).path("data").findValuesAsText("id");
        assertThat(ids).containsAll(List.of("tts-1", "tts-1-hd", "gpt-4o-mini-tts"));
        assertThat(JSON.readTree(get("/models/tts-1").body())
                        .path("shutdown_date")
                        .isNull())
                .isTrue();
        assertThat(get("/models/none").statusCode()).isEqualTo(404);
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
    }

    private static JsonNode error(HttpResponse<byte[]> answer) throws Exception {
        return JSON.readTree(answer.body()).path("error");
    }

    private static HttpResponse<byte[]> get(String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(server.url() + path))
                        .header("Authorization", "Bearer key")
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private static HttpResponse<byte[]> speak(String body) throws Exception {
        return speak(server, body);
    }

    private static HttpResponse<byte[]> speak(SpeechServer server, String body) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(server.url() + "/audio/speech"))
                        .header("Authorization", "Bearer key")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private static short[] samples(byte[] pcm) {
        var samples = new short[pcm.length / 2];
        ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        return samples;
    }
}
