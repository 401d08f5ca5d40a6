package io.storyreel.worker.provider;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.common.ledger.ProviderTasks;
import io.storyreel.common.ledger.Purchase;
import io.storyreel.common.ledger.TaskState;
import io.storyreel.worker.run.JobFailure;
import io.storyreel.worker.run.Patience;
import io.storyreel.worker.run.WorkerSettings;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;

import java.math.BigDecimal;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * The one way to a provider. The ledger knows of every attempt before the provider does; what runs already is adopted,
 * what has succeeded is not bought again.
 */
@ApplicationScoped
public class PaidTasks {
    private final ProviderTasks ledger;
    private final Pause pause;
    private final WorkerSettings settings;
    private final HandOvers handOvers;

    public PaidTasks(ProviderTasks ledger, Pause pause, WorkerSettings settings, HandOvers handOvers) {
        this.ledger = ledger;
        this.pause = pause;
        this.settings = settings;
        this.handOvers = handOvers;
    }

    /**
     * Gets what is wanted, by the attempt that counts.
     *
     * @param keep brings what was made to where it is kept; asked again after a crash in the middle of it
     * @param told the percentage the job stands at
     * @param onProgress tells of a percentage higher than the last
     */
    public <Q, R, K> Uni<Bought<K>> complete(
            TaskProvider<Q, R> provider,
            Purchase purchase,
            Q wanted,
            Class<K> made,
            Function<R, Uni<K>> keep,
            int told,
            IntFunction<Uni<Void>> onProgress) {
        return begin(purchase).chain(task -> {
            if (task.state() == TaskState.SUCCEEDED) {
                return Uni.createFrom().item(bought(task, made));
            }
            return started(provider, purchase, wanted, task)
                    .chain(running -> watch(provider, purchase, running, keep, told, onProgress));
        });
    }

    /** The task at the provider: adopted if it is there, handed over if it is not. */
    private <Q, R> Uni<ProviderTask> started(
            TaskProvider<Q, R> provider, Purchase purchase, Q wanted, ProviderTask task) {
        if (task.state() == TaskState.RUNNING) {
            return Uni.createFrom().item(task);
        }
        if (!task.fresh() && !provider.capabilities().idempotent()) {
            // A worker died between asking and hearing. Asking again under the same name could be paid twice, so the
            // attempt is given up visibly and a new one is written down.
            return write(() -> ledger.lost(task))
                    .chain(() -> begin(purchase))
                    .chain(next -> submitted(provider, wanted, next));
        }
        return submitted(provider, wanted, task);
    }

    private <Q, R> Uni<ProviderTask> submitted(TaskProvider<Q, R> provider, Q wanted, ProviderTask task) {
        return handOvers.toTheEnd(task.jobId(), () -> provider.submit(wanted, task.key())
                .chain(accepted ->
                        write(() -> ledger.running(task, accepted.id())).replaceWith(task.runningAs(accepted.id()))));
    }

    private <R, K> Uni<Bought<K>> watch(
            TaskProvider<?, R> provider,
            Purchase purchase,
            ProviderTask task,
            Function<R, Uni<K>> keep,
            int told,
            IntFunction<Uni<Void>> onProgress) {
        return provider.poll(task, told).chain(progress -> {
            if (progress instanceof TaskProgress.Queued<R> queued) {
                return pause.of(queued.again()).chain(() -> watch(provider, purchase, task, keep, told, onProgress));
            }
            if (progress instanceof TaskProgress.Running<R> running) {
                int percent = running.percent() == null ? told : Math.max(told, running.percent());
                Uni<Void> telling = percent > told
                        ? onProgress.apply(percent)
                        : Uni.createFrom().voidItem();
                return telling.chain(() -> pause.of(running.again()))
                        .chain(() -> watch(provider, purchase, task, keep, percent, onProgress));
            }
            if (progress instanceof TaskProgress.Succeeded<R> done) {
                BigDecimal cost = done.cost() == null ? purchase.costEstimated() : done.cost();
                return keep.apply(done.result()).chain(kept -> write(() -> ledger.succeeded(task, cost, json(kept)))
                        .replaceWith(new Bought<>(kept, cost)));
            }
            return fail(task, (TaskProgress.Failed<R>) progress);
        });
    }

    private <K> Uni<Bought<K>> fail(ProviderTask task, TaskProgress.Failed<?> failed) {
        JobFailure failure = failed.verdict() == TaskProgress.Verdict.AGAIN
                ? JobFailure.passing(failed.code(), failed.message(), null)
                : JobFailure.lasting(failed.code(), failed.message());
        BigDecimal charged = failed.cost() == null ? BigDecimal.ZERO : failed.cost();
        return write(() -> ledger.failed(task, charged, failed.message()))
                .chain(() -> Uni.createFrom().failure(failure));
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
                return Uni.createFrom().item(bought(task, made));
            }
            Uni<ProviderTask> mine = task.fresh()
                    ? Uni.createFrom().item(task)
                    : write(() -> ledger.lost(task)).chain(() -> begin(purchase));
            return mine.chain(attempt -> call.get()
                    .onFailure()
                    .call(failure ->
                            write(() -> ledger.failed(attempt, ChargedException.costOf(failure), failure.getMessage())))
                    .onFailure()
                    .transform(ChargedException::reasonOf)
                    .call(bought -> write(() -> ledger.succeeded(attempt, bought.cost(), json(bought.made())))));
        });
    }

    private Uni<ProviderTask> begin(Purchase purchase) {
        return write(() -> ledger.begin(purchase));
    }

    /** A database that is away is waited for: what a provider did must not be forgotten. */
    private <T> Uni<T> write(Supplier<Uni<T>> entry) {
        return Patience.whileAway(settings.databasePatience(), entry);
    }

    private static <R> Bought<R> bought(ProviderTask task, Class<R> made) {
        return new Bought<>(new JsonObject(task.result()).mapTo(made), task.costActual());
    }

    private static String json(Object result) {
        return JsonObject.mapFrom(result).encode();
    }
}
