package io.storyreel.worker.provider.health;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.storyreel.common.provider.ProviderReport;
import io.storyreel.common.provider.ProviderStates;
import io.storyreel.worker.run.Heartbeat;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

import java.util.List;
import java.util.UUID;

/**
 * Tells again and again what this worker's providers offer and how they fare. A worker is ready once it has told so for
 * the first time: who sees it ready may ask for its providers at once.
 */
@Readiness
@ApplicationScoped
public class ProviderPublisher implements HealthCheck {
    private static final String NAME = "providers told";

    private final WatchedProviders providers;
    private final ProviderWatch watch;
    private final CircuitMeters circuits;
    private final Heartbeat reports;
    private volatile boolean told;

    public ProviderPublisher(
            ProviderStates states,
            WatchedProviders providers,
            ProviderWatch watch,
            CircuitMeters circuits,
            ProviderHealthSettings settings) {
        this.providers = providers;
        this.watch = watch;
        this.circuits = circuits;
        UUID worker = UUID.randomUUID();
        this.reports = new Heartbeat(
                "providers cannot be reported", settings.interval(), settings.interval(), () -> states.publish(
                                worker, reports())
                        .invoke(() -> told = true));
    }

    void start(@Observes StartupEvent event) {
        circuits.show(providers.all());
        reports.start();
    }

    void stop(@Observes ShutdownEvent event) {
        reports.stop();
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named(NAME).status(told).build();
    }

    private List<ProviderReport> reports() {
        return providers.all().stream()
                .map(provider -> new ProviderReport(
                        provider.offered(), watch.health(provider.name(), provider.circuits()), provider.turn()))
                .toList();
    }
}
