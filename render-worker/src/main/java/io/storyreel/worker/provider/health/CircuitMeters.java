package io.storyreel.worker.provider.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.storyreel.common.provider.ProviderHealth.Circuit;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Shows where the circuits of each provider stand, the worst of all that it makes: Replicate makes clips and pictures, and
 * a meter of one name can be registered once only.
 */
@ApplicationScoped
class CircuitMeters {
    private final MeterRegistry meters;
    private final Circuits circuits;

    CircuitMeters(MeterRegistry meters, Circuits circuits) {
        this.meters = meters;
        this.circuits = circuits;
    }

    void show(Collection<WatchedProvider> providers) {
        Map<String, Set<String>> names = new TreeMap<>();
        providers.forEach(provider ->
                names.computeIfAbsent(provider.name(), first -> new TreeSet<>()).addAll(provider.circuits()));
        names.forEach(this::show);
    }

    private void show(String provider, Set<String> breakers) {
        if (circuits.worst(breakers) != null) {
            Gauge.builder("storyreel.provider.circuit", () -> state(breakers))
                    .tag("provider", provider)
                    .register(meters);
        }
    }

    /** 0 closed, 1 half open, 2 open. */
    private int state(Set<String> breakers) {
        Circuit worst = circuits.worst(breakers);
        return worst == null ? 0 : worst.ordinal();
    }
}
