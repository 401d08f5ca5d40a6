package io.storyreel.worker.provider.health;

import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.storyreel.common.provider.ProviderHealth.Circuit;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;

/** Where the circuit breakers stand, by name. */
@ApplicationScoped
public class Circuits {
    private final CircuitBreakerMaintenance breakers;

    public Circuits(CircuitBreakerMaintenance breakers) {
        this.breakers = breakers;
    }

    /** The worst of them; null if there is none of these names. */
    Circuit worst(Collection<String> names) {
        return names.stream()
                .map(this::state)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private Circuit state(String name) {
        try {
            return switch (breakers.currentState(name)) {
                case CLOSED -> Circuit.CLOSED;
                case HALF_OPEN -> Circuit.HALF_OPEN;
                case OPEN -> Circuit.OPEN;
            };
        } catch (IllegalArgumentException noneOfThatName) {
            return null; // what is made here is not called through a breaker
        }
    }
}
