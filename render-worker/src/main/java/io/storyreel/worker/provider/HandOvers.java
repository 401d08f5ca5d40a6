package io.storyreel.worker.provider;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.ledger.ProviderTask;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Tasks on their way to a provider. What ends a run does not end these: a provider that has accepted a task must be
 * heard, or nobody could stop or adopt what is being paid for. They last as long as the provider's own deadline lets
 * them.
 */
@ApplicationScoped
public class HandOvers {
    private final Map<CompletableFuture<ProviderTask>, UUID> underWay = new ConcurrentHashMap<>();

    /** The task, accepted and written down. Cancelling ends the wait for it, not the call. */
    Uni<ProviderTask> toTheEnd(UUID job, Supplier<Uni<ProviderTask>> handOver) {
        return Uni.createFrom().completionStage(() -> {
            CompletableFuture<ProviderTask> call = new CompletableFuture<>();
            underWay.put(call, job);
            call.whenComplete((task, failure) -> underWay.remove(call));
            Uni.createFrom().deferred(handOver::get).subscribe().with(call::complete, call::completeExceptionally);
            return call.copy();
        });
    }

    /** Completes, never fails, when nothing of the job is on its way any more. */
    public Uni<Void> settled(UUID job) {
        return Uni.createFrom().completionStage(() -> {
            List<CompletableFuture<ProviderTask>> calls = underWay.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(job))
                    .map(Map.Entry::getKey)
                    .toList();
            return CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new))
                    .exceptionally(refused -> null);
        });
    }
}
