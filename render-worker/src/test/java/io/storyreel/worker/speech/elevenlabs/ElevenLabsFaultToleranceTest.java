package io.storyreel.worker.speech.elevenlabs;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.mutiny.Uni;
import io.storyreel.worker.provider.ChargedException;
import io.storyreel.worker.provider.ResultLostException;
import io.storyreel.worker.provider.http.Departure;
import io.storyreel.worker.speech.SpeechBusyException;
import io.storyreel.worker.speech.SpeechServerStub;
import io.storyreel.worker.speech.SpeechUnavailableException;
import io.storyreel.worker.speech.Utterance;
import io.storyreel.worker.speech.elevenlabs.ElevenLabsFaultToleranceTest.Impatient;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** What the annotations of {@link ElevenLabsGateway} do, with numbers as an operator sets them. */
@QuarkusTest
@QuarkusTestResource(value = SpeechServerStub.class, restrictToAnnotatedClass = true)
@TestProfile(Impatient.class)
class ElevenLabsFaultToleranceTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration AT_ONCE = Duration.ofMillis(1);
    private static final int REPETITIONS = 3;
    private static final int CALLS_THAT_OPEN_THE_BREAKER = 10;
    private static final int CALLS_IN_A_WINDOW = 5;
    /** What more than two windows hold takes at least one from its beginning to its end. */
    private static final Duration WINDOW = Duration.ofSeconds(1);

    private static final Utterance HELLO = new Utterance("Hello", "21m00Tcm4TlvDq8ikWAM");

    @TempDir
    Path directory;

    @Inject
    ElevenLabsSpeech speech;

    @Inject
    CircuitBreakerMaintenance breakers;

    /** Without the engine, which would want Postgres and Redis. */
    public static final class Impatient implements QuarkusTestProfile {
        private static final String TURN =
                "quarkus.fault-tolerance.\"io.storyreel.worker.speech.elevenlabs.ElevenLabsGateway/turn\".rate-limit.";

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.arc.exclude-types",
                    "io.storyreel.worker.run.Worker",
                    "storyreel.speech.provider",
                    "elevenlabs",
                    "ELEVENLABS_API_KEY",
                    "secret",
                    "API_RETRY_ATTEMPTS",
                    Integer.toString(REPETITIONS),
                    "API_RETRY_DELAY",
                    "2",
                    TURN + "value",
                    Integer.toString(CALLS_IN_A_WINDOW),
                    TURN + "window",
                    Long.toString(WINDOW.toSeconds()));
        }
    }

    @BeforeEach
    void closeTheBreaker() {
        breakers.resetAll();
    }

    @Test
    void repeats_a_call_as_often_as_the_operator_says() {
        SpeechServerStub.willAnswer(SpeechServerStub.busyFor(AT_ONCE));

        assertThat(failure()).isInstanceOf(SpeechUnavailableException.class);
        assertThat(SpeechServerStub.requests()).isEqualTo(1 + REPETITIONS);
    }

    @Test
    void pauses_as_long_as_the_operator_says_where_the_vendor_does_not() {
        SpeechServerStub.willAnswer(SpeechServerStub.error(503, "down"), SpeechServerStub.SOUND);

        run(say());

        assertThat(SpeechServerStub.firstPause()).isGreaterThanOrEqualTo(Duration.ofMillis(1_500));
    }

    @Test
    void leaves_it_to_the_ledger_whether_a_sound_that_broke_off_is_bought_again() {
        SpeechServerStub.willAnswer(SpeechServerStub.broken("5"));

        assertThat(failure())
                .isInstanceOf(ChargedException.class)
                .hasFieldOrPropertyWithValue("cost", new BigDecimal("0.00050"))
                .hasCauseInstanceOf(ResultLostException.class);
        assertThat(SpeechServerStub.requests()).isEqualTo(1);
    }

    @Test
    void opens_no_circuit_because_we_are_too_fast() {
        SpeechServerStub.willAnswer(SpeechServerStub.tooFast(AT_ONCE));

        for (int asked = 0; asked <= CALLS_THAT_OPEN_THE_BREAKER; asked = SpeechServerStub.requests()) {
            assertThat(failure()).isInstanceOf(SpeechBusyException.class);
        }

        assertThat(breakers.currentState("speech-elevenlabs")).isEqualTo(CircuitBreakerState.CLOSED);
    }

    @Test
    void waits_for_its_turn_instead_of_failing_when_the_rate_is_used_up() {
        SpeechServerStub.willAnswer(SpeechServerStub.SOUND);
        List<Uni<BigDecimal>> lines = IntStream.rangeClosed(0, 2 * CALLS_IN_A_WINDOW)
                .mapToObj(line -> speech.speak(HELLO, directory.resolve(line + ".wav"), new Departure()))
                .toList();

        Uni.join().all(lines).andFailFast().await().atMost(LIMIT);

        assertThat(SpeechServerStub.between(0, 2 * CALLS_IN_A_WINDOW)).isGreaterThanOrEqualTo(WINDOW.dividedBy(2));
    }

    private Uni<BigDecimal> say() {
        return speech.speak(HELLO, directory.resolve("voice.wav"), new Departure());
    }

    private Throwable failure() {
        return catchThrowable(() -> run(say()));
    }

    private static BigDecimal run(Uni<BigDecimal> call) {
        return call.await().atMost(LIMIT);
    }
}
