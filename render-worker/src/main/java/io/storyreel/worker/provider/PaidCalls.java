package io.storyreel.worker.provider;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.common.ledger.ProviderTasks;
import io.storyreel.common.ledger.Purchase;
import io.storyreel.common.ledger.TaskState;
import io.storyreel.worker.run.Patience;
import io.storyreel.worker.run.WorkerSettings;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.function.Supplier;

/**
 * The one way to what a provider makes in a single call, such as speech; the ledger knows of the call before it is made.
 * Whoever makes the call lets it be watched: only there is it known what was charged for a call that failed.
 */
@ApplicationScoped
public class PaidCalls {
    private final ProviderTasks ledger;
    private final WorkerSettings settings;

    public PaidCalls(ProviderTasks ledger, WorkerSettings settings) {
        this.ledger = ledger;
        this.settings = settings;
    }

    /**
     * Buys something that is made in one call.
     *
     * @param call made at most once for each row in the ledger; tells what it was charged, also where it fails (see
     *     {@link ChargedException})
     */
    public <R> Uni<Bought<R>> once(Purchase purchase, Class<R> made, Supplier<Uni<Bought<R>>> call) {
        return begin(purchase).chain(task -> {
            if (task.state() == TaskState.SUCCEEDED) {
                return Uni.createFrom()
                        .item(new Bought<>(new JsonObject(task.result()).mapTo(made), task.costActual()));
            }
            Uni<ProviderTask> mine = task.fresh()
                    ? Uni.createFrom().item(task)
                    : write(() -> ledger.lost(task)).chain(() -> begin(purchase));
            return mine.chain(attempt -> made(attempt, call));
        });
    }

    private <R> Uni<Bought<R>> made(ProviderTask attempt, Supplier<Uni<Bought<R>>> call) {
        return Uni.createFrom()
                .deferred(call::get)
                .onFailure()
                .call(failure -> write(
                        () -> ledger.failed(attempt, null, ChargedException.costOf(failure), failure.getMessage())))
                .onFailure()
                .transform(ChargedException::reasonOf)
                .call(bought -> write(() -> ledger.succeeded(
                        attempt,
                        null,
                        bought.cost(),
                        JsonObject.mapFrom(bought.made()).encode())));
    }

    private Uni<ProviderTask> begin(Purchase purchase) {
        return write(() -> ledger.begin(purchase));
    }

    /** A database that is away is waited for: what a provider did must not be forgotten. */
    private <T> Uni<T> write(Supplier<Uni<T>> entry) {
        return Patience.whileAway(settings.databasePatience(), entry);
    }
}
