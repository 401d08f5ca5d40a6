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
 * What is on its way to a provider: tasks being handed over, and what is made in one call. What ends a run does not end
 * these: a provider that has accepted something must be heard, or nobody could stop, adopt or book what is being paid
 * for. They last as long as the provider's own deadline lets them.
 */
@ApplicationScoped
public class HandOvers {
    private final Map<CompletableFuture<?>, ProviderTask> underWay = new ConcurrentHashMap<>();

    /** What comes of it, written down. Cancelling ends the wait for it, not the call. */
    <T> Uni<T> toTheEnd(ProviderTask task, Supplier<Uni<T>> handOver) {
        return Uni.createFrom().completionStage(() -> {
            CompletableFuture<T> call = new CompletableFuture<>();
            underWay.put(call, task);
            call.whenComplete((done, failure) -> underWay.remove(call));
            Uni.createFrom().deferred(handOver::get).subscribe().with(call::complete, call::completeExceptionally);
            return call.copy();
        });
    }

    /** Whether this very worker still waits for what becomes of the attempt. */
    boolean isUnderWay(ProviderTask task) {
        return underWay.values().stream().anyMatch(one -> one.key().equals(task.key()));
    }

    /** Completes, never fails, when nothing of the job is on its way any more. */
    public Uni<Void> settled(UUID job) {
        return Uni.createFrom().completionStage(() -> {
            List<? extends CompletableFuture<?>> calls = underWay.entrySet().stream()
                    .filter(entry -> entry.getValue().jobId().equals(job))
                    .map(Map.Entry::getKey)
                    .toList();
            return CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new))
                    .exceptionally(refused -> null);
        });
    }
}
