package io.storyreel.worker.provider.health;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.storyreel.common.provider.ProviderHealth;
import io.storyreel.worker.provider.http.AsksForPause;
import jakarta.enterprise.context.ApplicationScoped;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Sees every call to a provider: for the metrics {@code storyreel_provider_*} and for its published health. */
@ApplicationScoped
public class ProviderWatch {
    private final MeterRegistry meters;
    private final Circuits circuits;
    private final Clock clock;
    private final int remembered;
    private final Map<String, Pulse> pulses = new ConcurrentHashMap<>();

    public ProviderWatch(MeterRegistry meters, Circuits circuits, Clock clock, ProviderHealthSettings settings) {
        this.meters = meters;
        this.circuits = circuits;
        this.clock = clock;
        this.remembered = settings.remembered();
    }

    /** The same call, watched each time somebody subscribes. One that is canceled says nothing. */
    public <T> Uni<T> around(String provider, ProviderOperation operation, Uni<T> call) {
        return Uni.createFrom().deferred(() -> {
            long begun = meters.config().clock().monotonicTime();
            return call.invoke(done -> succeeded(provider, operation, since(begun)))
                    .onFailure()
                    .invoke(failure -> failed(provider, operation, since(begun), failure));
        });
    }

    /** @param cost charged by the provider, in USD */
    public void spent(String provider, BigDecimal cost) {
        meters.counter("storyreel.provider.spend.usd", "provider", provider).increment(cost.doubleValue());
    }

    /** Nobody knows whether the provider got a task. */
    public void outcomeUnknown(String provider) {
        meters.counter("storyreel.provider.outcomes.unknown", "provider", provider)
                .increment();
    }

    /** A task was handed over again though the provider may have had it: it may be charged for twice. */
    public void resubmitted(String provider) {
        meters.counter("storyreel.provider.resubmissions", "provider", provider).increment();
    }

    ProviderHealth health(String provider, Collection<String> breakers) {
        Pulse pulse = pulse(provider);
        return new ProviderHealth(
                circuits.worst(breakers),
                pulse.lastSuccess(),
                pulse.lastError(),
                pulse.medianMillis(),
                pulse.rateLimitedUntil(clock.instant()));
    }

    private void succeeded(String provider, ProviderOperation operation, Duration latency) {
        pulse(provider).succeeded(latency, clock.instant());
        record(provider, operation, "success", latency);
    }

    private void failed(String provider, ProviderOperation operation, Duration latency, Throwable failure) {
        CallFault fault = CallFault.of(failure);
        Instant now = clock.instant();
        pulse(provider).failed(latency, fault, now);
        if (fault == CallFault.RATE_LIMITED && failure instanceof AsksForPause asking && asking.retryAfter() != null) {
            pulse(provider).limited(now.plus(asking.retryAfter()));
        }
        record(provider, operation, "failure", latency);
        meters.counter(
                        "storyreel.provider.errors",
                        "provider",
                        provider,
                        "operation",
                        operation.wireName(),
                        "kind",
                        fault.wireName())
                .increment();
    }

    private void record(String provider, ProviderOperation operation, String outcome, Duration latency) {
        meters.timer(
                        "storyreel.provider.latency",
                        "provider",
                        provider,
                        "operation",
                        operation.wireName(),
                        "outcome",
                        outcome)
                .record(latency);
    }

    private Duration since(long begun) {
        return Duration.ofNanos(meters.config().clock().monotonicTime() - begun);
    }

    private Pulse pulse(String provider) {
        return pulses.computeIfAbsent(provider, name -> new Pulse(remembered));
    }
}
