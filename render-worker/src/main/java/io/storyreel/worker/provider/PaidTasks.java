package io.storyreel.worker.provider;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.common.ledger.ProviderTasks;
import io.storyreel.common.ledger.Purchase;
import io.storyreel.common.ledger.TaskState;
import io.storyreel.worker.provider.ProviderRefusedException.Reason;
import io.storyreel.worker.provider.TaskProgress.Failed;
import io.storyreel.worker.provider.TaskProgress.Succeeded;
import io.storyreel.worker.provider.TaskProgress.Verdict;
import io.storyreel.worker.provider.health.ProviderWatch;
import io.storyreel.worker.run.Patience;
import io.storyreel.worker.run.WorkerSettings;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.math.BigDecimal;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * The one way to a provider. The ledger knows of every attempt before the provider does; what runs already is adopted,
 * what has succeeded is not bought again.
 */
@ApplicationScoped
public class PaidTasks {
    private static final Logger LOG = Logger.getLogger(PaidTasks.class);

    private final ProviderTasks ledger;
    private final TaskStart starts;
    private final Pause pause;
    private final ProviderSettings patience;
    private final WorkerSettings settings;
    private final ProviderWatch watch;
    private final Clock clock;

    public PaidTasks(
            ProviderTasks ledger,
            TaskStart starts,
            Pause pause,
            ProviderSettings patience,
            WorkerSettings settings,
            ProviderWatch watch,
            Clock clock) {
        this.ledger = ledger;
        this.starts = starts;
        this.pause = pause;
        this.patience = patience;
        this.settings = settings;
        this.watch = watch;
        this.clock = clock;
    }

    /**
     * Gets what is ordered, by the attempt that counts. Fails with {@link ProviderRefusedException} if there is no point
     * in trying on, with another {@link ProviderException} if a fallback may do better; a task that runs on then is
     * left to {@link LateResults}.
     *
     * @param told the percentage the listener knows of
     */
    public <Q, R, K> Uni<Bought<K>> complete(Order<Q, R, K> order, int told, TaskListener listener) {
        return begin(order.purchase()).chain(task -> {
            if (task.state() == TaskState.SUCCEEDED) {
                return Uni.createFrom().item(bought(task, order.made()));
            }
            return starts.started(order, task, listener)
                    .chain(running -> running.state() == TaskState.SUCCEEDED
                            ? Uni.createFrom().item(bought(running, order.made()))
                            : finished(order, running, told, listener));
        });
    }

    private <Q, R, K> Uni<Bought<K>> finished(
            Order<Q, R, K> order, ProviderTask task, int told, TaskListener listener) {
        var asking = new TaskWatch<>(
                order, task, told, listener, ledger, patience, settings.databasePatience(), watch, pause, clock);
        return outcome(order, task, asking)
                .onFailure(late ->
                        late instanceof TaskWatch.TimedOut && order.provider().stopsLateTasks())
                .recoverWithUni(late -> stopped(order, task, asking, late))
                .onFailure(PaidTasks::leavesItRunning)
                .call(why -> write(() -> ledger.left(task, why.getMessage(), patience.lateLook())))
                .onFailure(FailedAtProvider.class)
                .recoverWithUni(failed -> again(order, task, failed, told, listener));
    }

    /**
     * A task that took too long; it is left behind by whom this fails to, and is not if it has come to rest. One that was
     * made in this very moment is taken.
     */
    private <Q, R, K> Uni<Bought<K>> stopped(
            Order<Q, R, K> order, ProviderTask task, TaskWatch<R> asking, Throwable late) {
        return order.provider()
                .cancel(task)
                .onFailure()
                .transform(deaf -> late)
                .chain(progress -> progress instanceof Succeeded<R> done
                        ? kept(order, task, asking, done)
                        : closedIfStopped(task, progress)
                                .chain(() -> Uni.createFrom().failure(late)));
    }

    private Uni<Void> closedIfStopped(ProviderTask task, TaskProgress<?> progress) {
        return progress instanceof Failed<?> ended
                ? write(() -> ledger.canceled(task, ended.cost(), "stopped because it took too long"))
                : Uni.createFrom().voidItem();
    }

    private <R, K> Uni<Bought<K>> outcome(Order<?, R, K> order, ProviderTask task, TaskWatch<R> watch) {
        return watch.end()
                .onFailure(ProviderRefusedException.class)
                .call(refused -> closed(task, refused))
                .chain(progress -> progress instanceof Succeeded<R> done
                        ? kept(order, task, watch, done)
                        : failed(task, judged(task, (Failed<R>) progress)));
    }

    /** What was made and is not to be had counts as charged unless the provider says otherwise. */
    private Failed<?> judged(ProviderTask task, Failed<?> failed) {
        if (!failed.lacksResult()) {
            return failed;
        }
        BigDecimal cost = failed.cost() == null ? task.costEstimated() : failed.cost();
        return new Failed<>(failed.state(), failed.code(), failed.message(), ofNoUse(task, cost), cost);
    }

    /** Whether what turned out to be of no use is bought again. */
    private Verdict ofNoUse(ProviderTask task, BigDecimal cost) {
        boolean again = task.earlier().failed() == 0 && (cost.signum() == 0 || patience.rebuyBrokenResults());
        return again ? Verdict.AGAIN : Verdict.FINAL;
    }

    private <R, K> Uni<Bought<K>> kept(Order<?, R, K> order, ProviderTask task, TaskWatch<R> watch, Succeeded<R> done) {
        BigDecimal cost = done.cost() == null ? task.costEstimated() : done.cost();
        return order.keep()
                .keep(done.result(), watch::renewed)
                .onFailure(PaidTasks::isOfNoUse)
                .recoverWithUni(broken -> broken(task, done.state(), cost, broken))
                .chain(kept -> write(() -> ledger.succeeded(task, done.state(), cost, json(kept)))
                        .invoke(() -> told(task, cost))
                        .replaceWith(new Bought<>(kept, cost)))
                .onFailure(Trouble::passes)
                .recoverWithUni(trouble -> watch.troubled(trouble).chain(() -> outcome(order, task, watch)));
    }

    /** Also what was made and charged, and is gone when its address is asked for again. */
    private static boolean isOfNoUse(Throwable failure) {
        return failure instanceof BrokenResultException
                || failure instanceof ProviderRefusedException refused && refused.reason() == Reason.GONE;
    }

    private <K> Uni<K> broken(ProviderTask task, String state, BigDecimal cost, Throwable broken) {
        return failed(task, new Failed<>(state, "broken_result", broken.getMessage(), ofNoUse(task, cost), cost));
    }

    private <K> Uni<K> failed(ProviderTask task, Failed<?> failed) {
        BigDecimal charged = failed.cost() == null ? BigDecimal.ZERO : failed.cost();
        LOG.infof(
                "task failed: job=%s scene=%d part=%d provider=%s state=%s code=%s cost=%s",
                task.jobId(),
                task.scene(),
                task.part(),
                task.provider(),
                failed.state(),
                failed.code(),
                charged.toPlainString());
        return write(() -> ledger.failed(task, failed.state(), charged, failed.message()))
                .chain(() -> Uni.createFrom().failure(new FailedAtProvider(failed)));
    }

    /** Buys again what failed by the provider's own fault, a few times; then it counts as an outage. */
    private <Q, R, K> Uni<Bought<K>> again(
            Order<Q, R, K> order, ProviderTask task, FailedAtProvider failed, int told, TaskListener listener) {
        if (failed.verdict() != Verdict.AGAIN) {
            return Uni.createFrom().failure(new ProviderRefusedException(failed.code(), failed.getMessage()));
        }
        if (task.earlier().failed() + 1 >= patience.attempts()) {
            return Uni.createFrom()
                    .failure(new ProviderOutageException(failed.code(), failed.getMessage(), null, failed));
        }
        return pause.of(patience.pauseBetweenAttempts()).chain(() -> complete(order, told, listener));
    }

    /** What the provider refuses for good is over; if it is only our question that it refuses, the task runs on. */
    private Uni<Void> closed(ProviderTask task, ProviderRefusedException refused) {
        return switch (refused.reason()) {
            case ACCESS, CREDIT, INPUT -> write(() -> ledger.left(task, refused.getMessage(), patience.lateLook()));
            case CONTENT -> write(() -> ledger.failed(task, null, BigDecimal.ZERO, refused.getMessage()));
            case GONE -> write(() -> ledger.failed(task, null, null, refused.getMessage()));
        };
    }

    private static boolean leavesItRunning(Throwable failure) {
        return Trouble.passes(failure);
    }

    private void told(ProviderTask task, BigDecimal cost) {
        watch.spent(task.provider(), cost);
        LOG.logf(
                cost.signum() == 0 ? Logger.Level.DEBUG : Logger.Level.INFO,
                "task succeeded: job=%s purpose=%s scene=%d part=%d provider=%s cost=%s",
                task.jobId(),
                task.purpose().wireName(),
                task.scene(),
                task.part(),
                task.provider(),
                cost.toPlainString());
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
