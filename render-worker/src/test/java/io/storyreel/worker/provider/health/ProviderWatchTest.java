package io.storyreel.worker.provider.health;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.mutiny.Uni;
import io.storyreel.common.provider.ProviderHealth;
import io.storyreel.common.provider.ProviderHealth.Circuit;
import io.storyreel.worker.TestSettings;
import io.storyreel.worker.provider.OutcomeUnknownException;
import io.storyreel.worker.provider.ProviderBusyException;
import io.storyreel.worker.provider.ProviderOutageException;
import io.storyreel.worker.provider.ProviderRefusedException;
import io.storyreel.worker.provider.ProviderRefusedException.Reason;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class ProviderWatchTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ScriptedBreakers breakers = new ScriptedBreakers();
    private final ProviderWatch watch = new ProviderWatch(
            meters,
            new Circuits(breakers),
            Clock.fixed(NOW, ZoneOffset.UTC),
            TestSettings.of(ProviderHealthSettings.class, Map.of()));

    @Test
    void hands_on_what_the_provider_answers_and_remembers_the_success() {
        String answer = watch.around(
                        "runway", ProviderOperation.SUBMIT, Uni.createFrom().item("task"))
                .await()
                .atMost(LIMIT);

        assertThat(answer).isEqualTo("task");
        assertThat(health().lastSuccessAt()).isEqualTo(NOW);
        assertThat(health().latencyMsP50()).isNotNull();
        assertThat(meters.get("storyreel.provider.latency")
                        .tags("provider", "runway", "operation", "submit", "outcome", "success")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void tells_of_an_error_by_its_kind_and_in_words_of_ours() {
        fail(new ProviderOutageException("https://api.example/?key=secret said no", (Throwable) null));

        assertThat(health().lastError().kind()).isEqualTo("outage");
        assertThat(health().lastError().message()).doesNotContain("secret");
        assertThat(errors("outage")).isEqualTo(1);
    }

    @Test
    void does_not_hold_a_refused_picture_against_the_provider() {
        fail(new ProviderRefusedException(Reason.CONTENT, "the picture was refused"));

        assertThat(health().lastError()).isNull();
        assertThat(errors("refused")).isEqualTo(1);
    }

    @Test
    void knows_until_when_the_provider_wishes_to_be_left_alone() {
        fail(new ProviderBusyException("busy", Duration.ofSeconds(30)));

        assertThat(health().rateLimitedUntil()).isEqualTo(NOW.plusSeconds(30));
        assertThat(health().lastError().kind()).isEqualTo("rate_limited");
    }

    @Test
    void tells_the_kinds_of_failure_apart() {
        assertThat(CallFault.of(new TimeoutException("late"))).isEqualTo(CallFault.TIMEOUT);
        assertThat(CallFault.of(new CircuitBreakerOpenException("open"))).isEqualTo(CallFault.CIRCUIT_OPEN);
        assertThat(CallFault.of(new ProviderOutageException("late", new TimeoutException("late"))))
                .isEqualTo(CallFault.TIMEOUT);
        assertThat(CallFault.of(new OutcomeUnknownException("cut off", null))).isEqualTo(CallFault.OUTCOME_UNKNOWN);
        assertThat(CallFault.of(new ProviderRefusedException(Reason.ACCESS, "wrong key")))
                .isEqualTo(CallFault.ACCESS);
        assertThat(CallFault.of(new IllegalStateException("a bug"))).isEqualTo(CallFault.UNEXPECTED);
    }

    @Test
    void counts_money_and_what_may_have_been_bought_twice() {
        watch.spent("runway", new BigDecimal("0.25"));
        watch.spent("runway", new BigDecimal("0.5"));
        watch.outcomeUnknown("runway");
        watch.resubmitted("runway");

        assertThat(meters.get("storyreel.provider.spend.usd").counter().count()).isEqualTo(0.75);
        assertThat(meters.get("storyreel.provider.outcomes.unknown").counter().count())
                .isEqualTo(1);
        assertThat(meters.get("storyreel.provider.resubmissions").counter().count())
                .isEqualTo(1);
    }

    @Test
    void shows_the_worst_of_the_circuits_and_none_where_there_is_none() {
        assertThat(health().circuit()).isNull();
        breakers.states.put("runway", CircuitBreakerState.CLOSED);
        assertThat(health().circuit()).isEqualTo(Circuit.CLOSED);
        breakers.states.put("runway-poll", CircuitBreakerState.OPEN);
        assertThat(health().circuit()).isEqualTo(Circuit.OPEN);
    }

    @Test
    void takes_the_median_of_the_last_calls_only() {
        Pulse pulse = new Pulse(3);
        assertThat(pulse.medianMillis()).isNull();
        for (long millis : List.of(9_000L, 9_000L, 10L, 30L, 20L)) {
            pulse.succeeded(Duration.ofMillis(millis), NOW);
        }
        assertThat(pulse.medianMillis()).isEqualTo(20L);
    }

    private ProviderHealth health() {
        return watch.health("runway", List.of("runway", "runway-poll"));
    }

    private double errors(String kind) {
        return meters.get("storyreel.provider.errors")
                .tags("kind", kind)
                .counter()
                .count();
    }

    private void fail(RuntimeException failure) {
        watch.around("runway", ProviderOperation.SUBMIT, Uni.createFrom().failure(failure))
                .onFailure()
                .recoverWithNull()
                .await()
                .atMost(LIMIT);
    }
}
