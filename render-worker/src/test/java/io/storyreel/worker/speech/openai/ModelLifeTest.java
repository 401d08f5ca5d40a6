package io.storyreel.worker.speech.openai;

import io.storyreel.worker.TestSettings;
import io.storyreel.worker.provider.http.JsonAnswer;
import io.storyreel.worker.speech.SpeechRefusedException;
import io.storyreel.worker.speech.SpeechSettings;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ModelLifeTest {

    @Test
    void speaks_until_the_day_the_model_is_shut_down_and_not_on_it() {
        ModelLife before = lifeOn("2027-01-05");
        ModelLife after = lifeOn("2027-01-06");
        before.learn(described("\"2027-01-06\""));
        after.learn(described("\"2027-01-06\""));

        assertThatCode(before::check).doesNotThrowAnyException();
        assertThatThrownBy(after::check)
                .isInstanceOf(SpeechRefusedException.class)
                .hasMessageContaining("gpt-4o-mini-tts")
                .hasMessageContaining("2027-01-06")
                .hasMessageContaining("STORYREEL_SPEECH_MODEL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"soon\"", "17", "{}"})
    void does_not_worry_about_servers_that_announce_no_end(String date) {
        ModelLife life = lifeOn("2030-01-01");

        life.learn(described(date));

        assertThatCode(life::check).doesNotThrowAnyException();
    }

    @Test
    void does_not_worry_about_servers_that_do_not_describe_their_models() {
        ModelLife life = lifeOn("2030-01-01");

        life.learn(new JsonAnswer("openai", 404, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer("<html>")));
        life.learn(new JsonAnswer("openai", 200, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer("<html>")));

        assertThatCode(life::check).doesNotThrowAnyException();
    }

    private static JsonAnswer described(String date) {
        return new JsonAnswer(
                "openai",
                200,
                MultiMap.caseInsensitiveMultiMap(),
                Buffer.buffer("{\"id\": \"gpt-4o-mini-tts\", \"shutdown_date\": " + date + "}"));
    }

    private static ModelLife lifeOn(String day) {
        var clock = Clock.fixed(Instant.parse(day + "T12:00:00Z"), ZoneOffset.UTC);
        return new ModelLife(
                null,
                TestSettings.of(OpenAiSettings.class, Map.of()),
                TestSettings.of(SpeechSettings.class, Map.of()),
                clock);
    }
}
