package io.storyreel.worker.provider;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.common.ledger.ProviderTasks;
import io.storyreel.worker.provider.TaskListener.Wait;
import io.storyreel.worker.provider.health.ProviderOperation;
import io.storyreel.worker.provider.health.ProviderWatch;
import io.storyreel.worker.run.Patience;
import io.storyreel.worker.run.WorkerSettings;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Brings a task to its provider, so that the ledger knows at every moment what may have been bought. A busy provider is
 * asked again; one that did not answer is asked whether it has the task, before anybody thinks of handing it over a
 * second time.
 */
@ApplicationScoped
public class HandOver {
    private static final Logger LOG = Logger.getLogger(HandOver.class);

    private final ProviderTasks ledger;
    private final HandOvers underWay;
    private final Pause pause;
    private final ProviderSettings patience;
    private final WorkerSettings settings;
    private final ProviderWatch watch;
    private final Clock clock;

    public HandOver(
            ProviderTasks ledger,
            HandOvers underWay,
            Pause pause,
            ProviderSettings patience,
            WorkerSettings settings,
            ProviderWatch watch,
            Clock clock) {
        this.ledger = ledger;
        this.underWay = underWay;
        this.pause = pause;
        this.patience = patience;
        this.settings = settings;
        this.watch = watch;
        this.clock = clock;
    }

    /**
     * The task, accepted and written down. Fails with {@link ProviderException}; the attempt is closed in the ledger
     * then, except after an {@link OutcomeUnknownException}.
     */
    <Q> Uni<ProviderTask> submit(Order<Q, ?, ?> order, ProviderTask task, TaskListener listener) {
        Instant giveUp = clock.instant().plus(patience.busyPatience());
        return order.wanted()
                .get()
                .onFailure()
                .call(unusable -> close(task, unusable))
                .chain(wanted -> submit(order, wanted, task, listener, giveUp));
    }

    private <Q> Uni<ProviderTask> submit(
            Order<Q, ?, ?> order, Q wanted, ProviderTask task, TaskListener listener, Instant giveUp) {
        TaskProvider<Q, ?> provider = order.provider();
        return underWay.toTheEnd(task.jobId(), () -> watch.around(
                                provider.name(), ProviderOperation.SUBMIT, provider.submit(wanted, task.key()))
                        .chain(accepted -> written(task, accepted)))
                .onFailure()
                .transform(failure -> Trouble.ofOrder(provider.name(), failure))
                .onFailure(busy -> busy instanceof ProviderBusyException asking
                        && clock.instant().plus(wait(asking)).isBefore(giveUp))
                .recoverWithUni(busy ->
                        waited(provider, busy, listener).chain(() -> submit(order, wanted, task, listener, giveUp)))
                .chain(running -> pause.of(provider.firstLook()).replaceWith(running))
                .onFailure(failure -> !(failure instanceof OutcomeUnknownException))
                .call(failure -> close(task, failure));
    }

    /**
     * What became of a task whose outcome nobody heard: found at the provider, or given up visibly, so that it may be
     * handed over once more. The item is null if it is given up.
     */
    <Q> Uni<ProviderTask> recover(Order<Q, ?, ?> order, ProviderTask task) {
        return order.wanted()
                .get()
                .chain(wanted -> watch.around(
                        order.provider().name(),
                        ProviderOperation.FIND,
                        order.provider().find(wanted, task)))
                .onFailure()
                .transform(failure -> Trouble.ofQuestion(order.provider().name(), failure))
                .chain(found -> found == null ? lost(task) : written(task, found));
    }

    private Uni<ProviderTask> lost(ProviderTask task) {
        watch.outcomeUnknown(task.provider());
        LOG.warnf(
                "task of unknown outcome given up: job=%s scene=%d part=%d provider=%s attempt=%d",
                task.jobId(), task.scene(), task.part(), task.provider(), task.attempt());
        return write(() -> ledger.lost(task)).replaceWith((ProviderTask) null);
    }

    private Uni<ProviderTask> written(ProviderTask task, Submitted accepted) {
        String handle = accepted.handle() == null ? null : accepted.handle().encode();
        return write(() -> ledger.running(task, accepted.id(), handle, accepted.costEstimated()))
                .invoke(() -> LOG.debugf(
                        "task handed over: job=%s scene=%d part=%d provider=%s task=%s",
                        task.jobId(), task.scene(), task.part(), task.provider(), accepted.id()))
                .replaceWith(task.runningAs(accepted.id(), handle));
    }

    private Duration wait(ProviderBusyException busy) {
        return busy.retryAfter() == null ? patience.busyPause() : busy.retryAfter();
    }

    private Uni<Void> waited(TaskProvider<?, ?> provider, Throwable busy, TaskListener listener) {
        Duration wait = wait((ProviderBusyException) busy);
        return listener.waiting(new Wait(Trouble.reason(busy), provider.name(), null, wait))
                .chain(() -> pause.of(wait));
    }

    /** The provider has not got the task, and nothing was charged. */
    private Uni<Void> close(ProviderTask task, Throwable failure) {
        return write(() -> ledger.failed(task, null, BigDecimal.ZERO, failure.getMessage()));
    }

    private <T> Uni<T> write(Supplier<Uni<T>> entry) {
        return Patience.whileAway(settings.databasePatience(), entry);
    }
}
