package io.storyreel.worker.provider;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.common.ledger.ProviderTasks;
import io.storyreel.worker.run.Patience;
import io.storyreel.worker.run.WorkerSettings;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What a job that has ended still has running at providers. A canceled job's tasks are stopped, so that nobody goes on
 * paying for them; a failed job's run on, because they are paid for and the next render can use them. In both cases
 * {@link LateResults} sees to it that each comes to its end in the ledger, whatever happens here.
 */
@ApplicationScoped
public class AbandonedTasks {
    private static final Logger LOG = Logger.getLogger(AbandonedTasks.class);

    private final ProviderTasks ledger;
    private final Providers providers;
    private final HandOvers handOvers;
    private final ProviderSettings patience;
    private final WorkerSettings settings;

    public AbandonedTasks(
            ProviderTasks ledger,
            Providers providers,
            HandOvers handOvers,
            ProviderSettings patience,
            WorkerSettings settings) {
        this.ledger = ledger;
        this.providers = providers;
        this.handOvers = handOvers;
        this.patience = patience;
        this.settings = settings;
    }

    /** Leaves every open task of the job to itself. */
    public Uni<Void> leave(UUID jobId) {
        return left(jobId).chain(() -> handOvers.settled(jobId));
    }

    /**
     * Cancels every open task of the job at its provider and writes down what was charged all the same. A task whose
     * provider does not take note stays open in the ledger; the others are canceled in spite of it, and the failure is
     * told at the end. What runs is stopped before a slow provider is waited for that has yet to accept the last one:
     * whoever waits for all this may give up meanwhile.
     */
    public Uni<Void> cancel(UUID jobId) {
        Set<String> asked = new HashSet<>();
        return left(jobId)
                .chain(() -> cancelOpen(jobId, asked, task -> task.providerTaskId() != null))
                .onItemOrFailure()
                .call(() -> handOvers.settled(jobId))
                .onItemOrFailure()
                .call(() -> cancelOpen(jobId, asked, task -> true));
    }

    private Uni<Void> left(UUID jobId) {
        return patiently(() -> ledger.leaveOpen(jobId, patience.lateLook()));
    }

    /** @param asked keys of the tasks whose providers have been asked already; they are not asked twice */
    private Uni<Void> cancelOpen(UUID jobId, Set<String> asked, Predicate<ProviderTask> which) {
        return patiently(() -> ledger.open(jobId))
                .chain(open -> cancelAll(open.stream()
                        .filter(which)
                        .filter(task -> asked.add(task.key()))
                        .toList()));
    }

    private Uni<Void> cancelAll(List<ProviderTask> open) {
        return open.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.join()
                        .all(open.stream()
                                .map(task -> Uni.createFrom().deferred(() -> cancel(task)))
                                .toList())
                        .andCollectFailures()
                        .replaceWithVoid();
    }

    private Uni<Void> cancel(ProviderTask task) {
        Optional<TaskProvider<?, ?>> provider = providers.find(task.provider(), task.purpose());
        // What is made in one call, such as speech, cannot be stopped: if it is charged, its call will say so.
        return provider.isPresent()
                ? provider.get().cancel(task).chain(progress -> written(task, progress))
                : canceled(task, null);
    }

    /** What was made after all, or does not come to rest at once, stays open: {@link LateResults} goes on with it. */
    private Uni<Void> written(ProviderTask task, TaskProgress<?> progress) {
        return progress instanceof TaskProgress.Failed<?> ended
                ? canceled(task, ended.cost())
                : Uni.createFrom().voidItem();
    }

    private Uni<Void> canceled(ProviderTask task, BigDecimal cost) {
        return patiently(() -> ledger.canceled(task, cost, reason(task)))
                .invoke(() -> LOG.infof(
                        "task canceled: job=%s purpose=%s scene=%d attempt=%d provider=%s",
                        task.jobId(), task.purpose().wireName(), task.scene(), task.attempt(), task.provider()));
    }

    private <T> Uni<T> patiently(Supplier<Uni<T>> entry) {
        return Patience.whileAway(settings.databasePatience(), entry);
    }

    private static String reason(ProviderTask task) {
        return task.providerTaskId() == null
                ? "canceled with its job before the provider had answered"
                : "canceled with its job";
    }
}
