package io.storyreel.worker.provider.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.storyreel.common.provider.ProviderOffer;
import io.storyreel.common.provider.ProviderOffer.Kind;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class CircuitMetersTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ScriptedBreakers breakers = new ScriptedBreakers();

    @Test
    void shows_the_worst_circuit_of_a_provider_that_makes_several_kinds_of_things() {
        breakers.states.put("replicate-image", CircuitBreakerState.CLOSED);
        breakers.states.put("replicate-submit", CircuitBreakerState.CLOSED);
        var shown = new CircuitMeters(meters, new Circuits(breakers));

        shown.show(List.of(replicate(Kind.IMAGE, "replicate-image"), replicate(Kind.CLIP, "replicate-submit")));
        breakers.states.put("replicate-submit", CircuitBreakerState.OPEN);

        assertThat(meters.find("storyreel.provider.circuit").gauges())
                .extracting(Gauge::value)
                .containsExactly(2.0);
    }

    private static WatchedProvider replicate(Kind kind, String breaker) {
        return new WatchedProvider("replicate", kind, () -> ProviderOffer.free("replicate", kind), List.of(breaker), 0);
    }
}
