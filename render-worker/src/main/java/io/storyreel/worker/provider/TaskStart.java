package io.storyreel.worker.provider;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.common.ledger.ProviderTasks;
import io.storyreel.common.ledger.Purchase;
import io.storyreel.common.ledger.TaskState;
import io.storyreel.worker.provider.health.ProviderWatch;
import io.storyreel.worker.run.Patience;
import io.storyreel.worker.run.WorkerSettings;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Gets a task to run at its provider, from whatever an earlier run has left behind: adopted if it is there, handed over
 * if it cannot be, looked for if nobody knows.
 */
@ApplicationScoped
public class TaskStart {
    /** An attempt whose outcome nobody knows may have been paid for, so there is one more and not two. */
    static final int MOST_LOST = 1;

    static final int ANSWER_LOOKS = 10;
    private static final Duration LONGEST_REPEAT_PAUSE = Duration.ofMinutes(1);

    private final ProviderTasks ledger;
    private final HandOver handOver;
    private final Pause pause;
    private final ProviderSettings patience;
    private final WorkerSettings settings;
    private final ProviderWatch watch;
    private final Clock clock;
    private final Duration answerLimit;

    public TaskStart(
            ProviderTasks ledger,
            HandOver handOver,
            Pause pause,
            ProviderSettings patience,
            WorkerSettings settings,
            ProviderWatch watch,
            Clock clock) {
        this.ledger = ledger;
        this.handOver = handOver;
        this.pause = pause;
        this.patience = patience;
        this.settings = settings;
        this.watch = watch;
        this.clock = clock;
        this.answerLimit = patience.longestAnswer();
    }

    /**
     * The task, running at the provider or succeeded already. Fails with {@link ProviderException}; the attempt stays
     * open after an {@link OutcomeUnknownException}.
     */
    <Q> Uni<ProviderTask> started(Order<Q, ?, ?> order, ProviderTask task, TaskListener listener) {
        if (task.state() == TaskState.RUNNING) {
            return task.leftBehind()
                    ? write(() -> ledger.resumed(task)).replaceWith(task)
                    : Uni.createFrom().item(task);
        }
        if (task.fresh() && task.earlier().lost() > MOST_LOST) {
            ProviderOutageException silent = new ProviderOutageException(
                    order.provider().name() + " has left us without an answer more than once", (Throwable) null);
            return write(() -> ledger.notAccepted(task, silent.getMessage()))
                    .chain(() -> Uni.createFrom().failure(silent));
        }
        // Who knows our keys may be asked again in any case.
        return task.sentAt() == null || order.provider().capabilities().idempotent()
                ? submitted(order, task, listener)
                : answered(order, task, listener, task.sentAt().plus(answerLimit));
    }

    /**
     * Somebody has called the provider and has not told the outcome. He may still be waiting for it, here or in another
     * worker, so he is given the time that an answer may take; then he is taken for dead.
     */
    private <Q> Uni<ProviderTask> answered(
            Order<Q, ?, ?> order, ProviderTask task, TaskListener listener, Instant limit) {
        if (!clock.instant().isBefore(limit)) {
            return recovered(order, task, listener, null);
        }
        return pause.of(answerLimit.dividedBy(ANSWER_LOOKS))
                .chain(() -> begin(order.purchase()))
                .chain(now -> now.state() == TaskState.BEGUN && now.attempt() == task.attempt()
                        ? answered(order, task, listener, limit)
                        : standing(order, now, listener));
    }

    private <Q> Uni<ProviderTask> standing(Order<Q, ?, ?> order, ProviderTask now, TaskListener listener) {
        return now.state() == TaskState.SUCCEEDED ? Uni.createFrom().item(now) : started(order, now, listener);
    }

    private <Q> Uni<ProviderTask> submitted(Order<Q, ?, ?> order, ProviderTask task, TaskListener listener) {
        Uni<ProviderTask> submitted = handOver.submit(order, task, listener)
                .onFailure(NotOursToSendException.class)
                .recoverWithUni(() -> begin(order.purchase()).chain(now -> standing(order, now, listener)));
        if (order.provider().capabilities().idempotent()) {
            // The attempt stays open: whoever asks again does so under the same key.
            return submitted
                    .onFailure(OutcomeUnknownException.class)
                    .retry()
                    .withBackOff(patience.busyPause(), LONGEST_REPEAT_PAUSE)
                    .expireIn(patience.outagePatience().toMillis())
                    .onFailure(givenUp -> givenUp.getCause() instanceof ProviderException)
                    .transform(Throwable::getCause);
        }
        return submitted
                .onFailure(OutcomeUnknownException.class)
                .recoverWithUni(unknown -> recovered(order, task, listener, unknown));
    }

    private <Q> Uni<ProviderTask> recovered(
            Order<Q, ?, ?> order, ProviderTask task, TaskListener listener, Throwable unknown) {
        return handOver.recover(order, task).chain(found -> {
            if (found != null) {
                return Uni.createFrom().item(found);
            }
            return listener.possiblyCharged(task).chain(() -> again(order, task, listener, unknown));
        });
    }

    private <Q> Uni<ProviderTask> again(
            Order<Q, ?, ?> order, ProviderTask task, TaskListener listener, Throwable unknown) {
        if (task.earlier().lost() >= MOST_LOST) {
            return Uni.createFrom()
                    .failure(new ProviderOutageException(
                            order.provider().name() + " has left us without an answer more than once", unknown));
        }
        watch.resubmitted(order.provider().name());
        return begin(order.purchase()).chain(next -> standing(order, next, listener));
    }

    private Uni<ProviderTask> begin(Purchase purchase) {
        return write(() -> ledger.begin(purchase));
    }

    /** A database that is away is waited for: what a provider did must not be forgotten. */
    private <T> Uni<T> write(Supplier<Uni<T>> entry) {
        return Patience.whileAway(settings.databasePatience(), entry);
    }
}
