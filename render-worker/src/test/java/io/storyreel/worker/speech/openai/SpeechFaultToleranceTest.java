package io.storyreel.worker.speech.openai;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.mutiny.Uni;
import io.storyreel.worker.fetch.DiskFullException;
import io.storyreel.worker.provider.http.Departure;
import io.storyreel.worker.speech.SpeechRefusedException;
import io.storyreel.worker.speech.SpeechServerStub;
import io.storyreel.worker.speech.SpeechUnavailableException;
import io.storyreel.worker.speech.Utterance;
import io.storyreel.worker.speech.openai.SpeechFaultToleranceTest.SpeechAlone;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** What the annotations of {@link OpenAiGateway} do, against a real server. */
@QuarkusTest
@QuarkusTestResource(value = SpeechServerStub.class, restrictToAnnotatedClass = true)
@TestProfile(SpeechAlone.class)
class SpeechFaultToleranceTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration AT_ONCE = Duration.ofMillis(1);
    private static final int CALLS_THAT_OPEN_THE_BREAKER = 10;
    /** Below the limit of a call; the last of the lines, three at a time, wait for longer than that limit. */
    private static final Duration SLOW = Duration.ofMillis(300);

    private static final int LINES_THAT_QUEUE = 18;
    private static final Utterance HELLO = new Utterance("Hello", "default");

    @TempDir
    Path directory;

    @Inject
    OpenAiSpeech speech;

    @Inject
    CircuitBreakerMaintenance breakers;

    /** Without the engine, which would want Postgres and Redis; hanging is noticed earlier than in production. */
    public static final class SpeechAlone implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.arc.exclude-types", "io.storyreel.worker.run.Worker",
                    "storyreel.speech.call-timeout", "1s");
        }
    }

    @BeforeEach
    void closeTheBreaker() {
        breakers.resetAll();
    }

    @Test
    void asks_again_after_a_pause_when_the_server_is_overloaded() {
        SpeechServerStub.willAnswer(SpeechServerStub.error(503, "overloaded"), SpeechServerStub.SOUND);

        run(say());

        assertThat(directory.resolve("voice.wav")).hasContent("RIFF");
        assertThat(SpeechServerStub.requests()).isEqualTo(2);
        assertThat(SpeechServerStub.firstPause()).isGreaterThanOrEqualTo(Duration.ofMillis(375));
    }

    @Test
    void waits_as_long_as_the_server_asks_for() {
        Duration asked = Duration.ofMillis(900);
        SpeechServerStub.willAnswer(SpeechServerStub.busyFor(asked), SpeechServerStub.SOUND);

        run(say());

        assertThat(SpeechServerStub.firstPause()).isGreaterThanOrEqualTo(asked);
    }

    @Test
    void leaves_it_to_the_job_after_three_calls() {
        SpeechServerStub.willAnswer(SpeechServerStub.busyFor(AT_ONCE));

        assertThat(failure()).isInstanceOf(SpeechUnavailableException.class).hasMessageContaining("503");
        assertThat(SpeechServerStub.requests()).isEqualTo(3);
    }

    @Test
    void asks_once_only_when_the_credit_is_used_up_and_keeps_nobody_else_waiting() {
        SpeechServerStub.willAnswer(SpeechServerStub.error(429, "insufficient_quota"));

        for (int call = 1; call <= CALLS_THAT_OPEN_THE_BREAKER + 1; call++) {
            assertThat(failure()).isInstanceOf(SpeechRefusedException.class);
            assertThat(SpeechServerStub.requests()).isEqualTo(call);
        }

        assertThat(breakers.currentState("speech-openai")).isEqualTo(CircuitBreakerState.CLOSED);
    }

    @Test
    void leaves_a_broken_server_alone_and_tells_the_job_that_it_may_pass() {
        SpeechServerStub.willAnswer(SpeechServerStub.busyFor(AT_ONCE));
        Stream.generate(this::failure).limit(4).forEach(failure -> assertThat(failure)
                .isInstanceOf(SpeechUnavailableException.class));
        int before = SpeechServerStub.requests();

        Throwable failure = failure();

        assertThat(before).isEqualTo(CALLS_THAT_OPEN_THE_BREAKER);
        assertThat(SpeechServerStub.requests()).isEqualTo(before);
        assertThat(breakers.currentState("speech-openai")).isEqualTo(CircuitBreakerState.OPEN);
        assertThat(failure).isInstanceOf(SpeechUnavailableException.class).hasMessageContaining("does not keep up");
    }

    @Test
    void stops_waiting_for_a_server_that_hangs_and_asks_again() {
        SpeechServerStub.willAnswer(SpeechServerStub.SILENCE, SpeechServerStub.SOUND);

        run(say());

        assertThat(directory.resolve("voice.wav")).hasContent("RIFF");
        assertThat(SpeechServerStub.requests()).isEqualTo(2);
        assertThat(SpeechServerStub.firstPause()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void does_not_hold_the_queue_before_a_slow_server_against_it() {
        SpeechServerStub.willAnswer(SpeechServerStub.after(SLOW, SpeechServerStub.SOUND));
        List<Uni<BigDecimal>> lines = IntStream.range(0, LINES_THAT_QUEUE)
                .mapToObj(line -> speech.speak(HELLO, directory.resolve(line + ".wav"), new Departure()))
                .toList();

        Uni.join().all(lines).andCollectFailures().await().atMost(LIMIT);

        assertThat(SpeechServerStub.requests()).isEqualTo(LINES_THAT_QUEUE);
        assertThat(breakers.currentState("speech-openai")).isEqualTo(CircuitBreakerState.CLOSED);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has a device that is always full")
    void does_not_blame_the_server_for_a_full_disk() {
        SpeechServerStub.willAnswer(SpeechServerStub.SOUND);

        for (int call = 1; call <= CALLS_THAT_OPEN_THE_BREAKER + 1; call++) {
            assertThat(catchThrowable(() -> run(speech.speak(HELLO, Path.of("/dev/full"), new Departure()))))
                    .isInstanceOf(DiskFullException.class);
            assertThat(SpeechServerStub.requests()).isEqualTo(call);
        }

        assertThat(breakers.currentState("speech-openai")).isEqualTo(CircuitBreakerState.CLOSED);
    }

    private Uni<BigDecimal> say() {
        return speech.speak(HELLO, directory.resolve("voice.wav"), new Departure());
    }

    private Throwable failure() {
        return catchThrowable(() -> run(say()));
    }

    private static void run(Uni<?> call) {
        call.await().atMost(LIMIT);
    }
}
