package io.storyreel.worker.provider;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.common.ledger.ProviderTasks;
import io.storyreel.worker.run.Patience;
import io.storyreel.worker.run.WorkerSettings;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Stops what a canceled job has bought and not yet got, so that nobody goes on paying for it. */
@ApplicationScoped
public class AbandonedTasks {
    private static final Logger LOG = Logger.getLogger(AbandonedTasks.class);

    private final ProviderTasks ledger;
    private final Providers providers;
    private final HandOvers handOvers;
    private final WorkerSettings settings;

    public AbandonedTasks(ProviderTasks ledger, Providers providers, HandOvers handOvers, WorkerSettings settings) {
        this.ledger = ledger;
        this.providers = providers;
        this.handOvers = handOvers;
        this.settings = settings;
    }

    /**
     * Cancels every open task of the job at its provider and writes down what was charged all the same. A task whose
     * provider does not take note stays open in the ledger; the others are canceled in spite of it, and the failure is
     * told at the end.
     */
    public Uni<Void> cancel(UUID jobId) {
        return handOvers
                .settled(jobId)
                .chain(() -> patiently(() -> ledger.open(jobId)))
                .chain(this::cancelAll);
    }

    private Uni<Void> cancelAll(List<ProviderTask> open) {
        return open.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.join()
                        .all(open.stream().map(this::cancel).toList())
                        .andCollectFailures()
                        .replaceWithVoid();
    }

    private Uni<Void> cancel(ProviderTask task) {
        Optional<TaskProvider<?, ?>> provider = providers.find(task.provider());
        Uni<BigDecimal> charged =
                provider.isPresent() ? provider.get().cancel(task).map(AbandonedTasks::charged) : cutOff();
        return charged.chain(cost -> patiently(() -> ledger.canceled(task, cost, reason(task))))
                .invoke(() -> LOG.infof(
                        "task canceled: job=%s purpose=%s scene=%d attempt=%d provider=%s",
                        task.jobId(), task.purpose().wireName(), task.scene(), task.attempt(), task.provider()));
    }

    private static BigDecimal charged(TaskProgress<?> progress) {
        return progress instanceof TaskProgress.Failed<?> ended ? ended.cost() : null;
    }

    private <T> Uni<T> patiently(Supplier<Uni<T>> entry) {
        return Patience.whileAway(settings.databasePatience(), entry);
    }

    /** What is made in one call, such as speech, ended with the run; whether it was charged nobody can say. */
    private static Uni<BigDecimal> cutOff() {
        return Uni.createFrom().nullItem();
    }

    private static String reason(ProviderTask task) {
        return task.providerTaskId() == null
                ? "canceled with its job before the provider had answered"
                : "canceled with its job";
    }
}
