package io.storyreel.worker.provider.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.storyreel.common.provider.ProviderHealth.Circuit;
import io.storyreel.common.provider.ProviderReport;
import io.storyreel.common.provider.ProviderStates;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

import java.util.List;
import java.util.UUID;

/** Tells again and again what this worker's providers offer and how they fare. Nothing waits for it. */
@ApplicationScoped
public class ProviderPublisher {
    private static final Logger LOG = Logger.getLogger(ProviderPublisher.class);

    private final ProviderStates states;
    private final WatchedProviders providers;
    private final ProviderWatch watch;
    private final Circuits circuits;
    private final MeterRegistry meters;
    private final ProviderHealthSettings settings;
    private final UUID worker = UUID.randomUUID();
    private Cancellable rounds = () -> {};
    private boolean failing;

    public ProviderPublisher(
            ProviderStates states,
            WatchedProviders providers,
            ProviderWatch watch,
            Circuits circuits,
            MeterRegistry meters,
            ProviderHealthSettings settings) {
        this.states = states;
        this.providers = providers;
        this.watch = watch;
        this.circuits = circuits;
        this.meters = meters;
        this.settings = settings;
    }

    void start(@Observes StartupEvent event) {
        providers.all().forEach(this::showCircuit);
        rounds = Multi.createBy()
                .repeating()
                .uni(this::publish)
                .withDelay(settings.interval())
                .indefinitely()
                .subscribe()
                .with(done -> {}, failure -> LOG.error("reports of providers stopped", failure));
    }

    void stop(@Observes ShutdownEvent event) {
        rounds.cancel();
    }

    /** Never fails: the next round tells what this one could not. */
    Uni<Void> publish() {
        return Uni.createFrom()
                .deferred(() -> states.publish(worker, reports()))
                .ifNoItem()
                .after(settings.interval())
                .fail()
                .invoke(() -> failing = false)
                .onFailure()
                .invoke(this::complain)
                .onFailure()
                .recoverWithNull();
    }

    private List<ProviderReport> reports() {
        return providers.all().stream()
                .map(provider -> new ProviderReport(
                        provider.offered(), watch.health(provider.name(), provider.circuits()), provider.turn()))
                .toList();
    }

    /** 0 closed, 1 half open, 2 open. */
    private void showCircuit(WatchedProvider provider) {
        if (circuits.worst(provider.circuits()) != null) {
            Gauge.builder("storyreel.provider.circuit", () -> state(provider))
                    .tag("provider", provider.name())
                    .register(meters);
        }
    }

    private int state(WatchedProvider provider) {
        Circuit worst = circuits.worst(provider.circuits());
        return worst == null ? 0 : worst.ordinal();
    }

    private void complain(Throwable failure) {
        if (!failing) {
            failing = true;
            LOG.warnf("providers cannot be reported, trying on: reason=%s", failure.getMessage());
        }
    }
}
