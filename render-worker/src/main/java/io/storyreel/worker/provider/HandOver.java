package io.storyreel.worker.provider;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.common.ledger.ProviderTasks;
import io.storyreel.worker.provider.TaskListener.Wait;
import io.storyreel.worker.provider.health.ProviderOperation;
import io.storyreel.worker.provider.health.ProviderWatch;
import io.storyreel.worker.provider.http.Departure;
import io.storyreel.worker.run.Patience;
import io.storyreel.worker.run.WorkerSettings;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

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

    /** A provider that says "at once" while it turns us away would be asked without end. */
    private static final Duration LEAST_WAIT = Duration.ofSeconds(1);

    /** Requests made and not yet answered; each may hold a picture of 3 MB. */
    private static final int MOST_IN_HAND = 16;

    private final Permits inHand = new Permits(MOST_IN_HAND);

    private final ProviderTasks ledger;
    private final HandOvers underWay;
    private final Departures departures;
    private final GivenUp givenUp;
    private final Pause pause;
    private final ProviderSettings patience;
    private final WorkerSettings settings;
    private final ProviderWatch watch;
    private final Clock clock;

    public HandOver(
            ProviderTasks ledger,
            HandOvers underWay,
            Departures departures,
            GivenUp givenUp,
            Pause pause,
            ProviderSettings patience,
            WorkerSettings settings,
            ProviderWatch watch,
            Clock clock) {
        this.ledger = ledger;
        this.underWay = underWay;
        this.departures = departures;
        this.givenUp = givenUp;
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
        TaskProvider<Q, ?> provider = order.provider();
        Departure departure = departures.of(
                task,
                failure -> wasNotAccepted(Trouble.ofOrder(provider.name(), failure)),
                provider.capabilities().idempotent());
        return patiently(order, task, departure, listener, giveUp)
                .onFailure(HandOver::wasNotAccepted)
                .call(failure -> write(() -> ledger.notAccepted(task, failure.getMessage())))
                .chain(running -> pause.of(order.provider().firstLook()).replaceWith(running));
    }

    private <Q> Uni<ProviderTask> patiently(
            Order<Q, ?, ?> order, ProviderTask task, Departure departure, TaskListener listener, Instant giveUp) {
        return once(order, task, departure)
                .onFailure(busy -> busy instanceof ProviderBusyException asking
                        && clock.instant().plus(wait(asking)).isBefore(giveUp))
                .recoverWithUni(busy -> waited(order.provider(), busy, listener)
                        .chain(() -> patiently(order, task, departure, listener, giveUp)));
    }

    /** What is handed over may be large, so it is made when it is its turn, and not kept while a provider is busy. */
    private <Q> Uni<ProviderTask> once(Order<Q, ?, ?> order, ProviderTask task, Departure departure) {
        return inHand.during(() -> order.wanted().get().chain(wanted -> sent(order, wanted, task, departure)));
    }

    private <Q> Uni<ProviderTask> sent(Order<Q, ?, ?> order, Q wanted, ProviderTask task, Departure departure) {
        TaskProvider<Q, ?> provider = order.provider();
        return underWay.toTheEnd(task, () -> watch.around(
                        provider.name(), ProviderOperation.SUBMIT, provider.submit(wanted, task.key(), departure))
                .onFailure()
                .transform(failure -> Trouble.ofOrder(provider.name(), failure))
                .onFailure(ProviderException.class)
                .transform(failure -> departure.meaning(provider.name(), failure))
                .chain(accepted -> written(task, accepted)));
    }

    /** A failure of our own, such as of the ledger, says nothing about whether the provider has the task. */
    private static boolean wasNotAccepted(Throwable failure) {
        return failure instanceof ProviderException && !(failure instanceof OutcomeUnknownException);
    }

    /**
     * What became of a task whose outcome nobody heard: found at the provider, or given up visibly, so that it may be
     * handed over once more. The item is null if it is given up. Fails with {@link ProviderOutageException} if the
     * provider cannot be asked for long; the attempt stays open then.
     */
    <Q> Uni<ProviderTask> recover(Order<Q, ?, ?> order, ProviderTask task) {
        Instant giveUp = clock.instant().plus(patience.outagePatience());
        return looked(order, task, giveUp)
                .onFailure(Trouble::passes)
                .call(away -> write(() -> ledger.left(task, away.getMessage(), patience.lateLook())))
                .chain(found -> found == null
                        ? write(() -> givenUp.lost(task)).replaceWith((ProviderTask) null)
                        : written(task, found));
    }

    private <Q> Uni<Submitted> looked(Order<Q, ?, ?> order, ProviderTask task, Instant giveUp) {
        TaskProvider<Q, ?> provider = order.provider();
        return inHand.during(() -> order.wanted()
                        .get()
                        .chain(wanted ->
                                watch.around(provider.name(), ProviderOperation.FIND, provider.find(wanted, task))))
                .onFailure()
                .transform(failure -> Trouble.ofQuestion(provider.name(), failure))
                .onFailure(away -> Trouble.passes(away) && clock.instant().isBefore(giveUp))
                .recoverWithUni(away -> pause.of(patience.busyPause()).chain(() -> looked(order, task, giveUp)));
    }

    private Uni<ProviderTask> written(ProviderTask task, Submitted accepted) {
        String handle = accepted.handle() == null ? null : accepted.handle().encode();
        // Postgres keeps no NUL in JSON, and an address with one leads nowhere.
        String kept = handle == null || handle.contains("\\u0000") ? null : handle;
        return write(() -> ledger.running(task, accepted.id(), kept, accepted.costEstimated()))
                .invoke(() -> LOG.debugf(
                        "task handed over: job=%s scene=%d part=%d provider=%s task=%s",
                        task.jobId(), task.scene(), task.part(), task.provider(), accepted.id()))
                .replaceWith(task.runningAs(accepted.id(), kept, accepted.costEstimated()));
    }

    private Duration wait(ProviderBusyException busy) {
        Duration asked = busy.retryAfter();
        return asked == null ? patience.busyPause() : asked.compareTo(LEAST_WAIT) < 0 ? LEAST_WAIT : asked;
    }

    private Uni<Void> waited(TaskProvider<?, ?> provider, Throwable busy, TaskListener listener) {
        Duration wait = wait((ProviderBusyException) busy);
        return listener.waiting(new Wait(Trouble.reason(busy), provider.name(), null, wait))
                .chain(() -> pause.of(wait));
    }

    private <T> Uni<T> write(Supplier<Uni<T>> entry) {
        return Patience.whileAway(settings.databasePatience(), entry);
    }
}
