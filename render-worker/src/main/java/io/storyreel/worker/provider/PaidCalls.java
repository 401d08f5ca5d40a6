package io.storyreel.worker.provider;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.common.ledger.ProviderTasks;
import io.storyreel.common.ledger.Purchase;
import io.storyreel.common.ledger.Purpose;
import io.storyreel.common.ledger.TaskState;
import io.storyreel.worker.provider.health.ProviderWatch;
import io.storyreel.worker.run.Patience;
import io.storyreel.worker.run.WorkerSettings;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The one way to what a provider makes in a single call, such as speech; the ledger knows of the call before it leaves.
 * Once it has left, it is heard to its end and written down, whatever becomes of the run. Whoever makes the call lets it
 * be watched: only there is it known what was charged for a call that failed.
 */
@ApplicationScoped
public class PaidCalls {
    private final ProviderTasks ledger;
    private final HandOvers underWay;
    private final Departures departures;
    private final GivenUp givenUp;
    private final Pause pause;
    private final ProviderSettings patience;
    private final WorkerSettings settings;
    private final ProviderWatch watch;
    private final Clock clock;

    public PaidCalls(
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
     * Buys something that is made in one call. What is charged and does not arrive, or may have been, is bought once
     * more; then it fails with {@link ResultLostException} or {@link BrokenResultException}, and with
     * {@link ProviderOutageException} whenever it is asked for again. Any other failure is the call's own.
     *
     * @param call made at most once for each row in the ledger
     */
    public <R> Uni<Bought<R>> once(Purchase purchase, Class<R> made, PaidCall<R> call) {
        return write(() -> ledger.begin(purchase)).chain(task -> {
            if (task.state() == TaskState.SUCCEEDED) {
                return Uni.createFrom()
                        .item(new Bought<>(new JsonObject(task.result()).mapTo(made), task.costActual()));
            }
            return task.sentAt() == null
                    ? allowed(task).chain(() -> bought(purchase, task, made, call))
                    : answered(task, call).chain(() -> once(purchase, made, call));
        });
    }

    /**
     * Books what an earlier run had bought and kept when its worker died, before that was written down. If what it was
     * charged died with it, what was estimated is booked.
     */
    public Uni<Void> kept(UUID jobId, Purpose purpose, int scene, String digest, Object made) {
        return write(() -> ledger.open(jobId)).chain(open -> open.stream()
                .filter(task -> task.purpose() == purpose
                        && task.scene() == scene
                        && task.digest().equals(digest))
                .filter(task -> task.sentAt() != null && !underWay.isUnderWay(task))
                .findFirst()
                .map(task -> write(() -> ledger.succeeded(
                        task, null, task.costActual() == null ? task.costEstimated() : task.costActual(), json(made))))
                .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    /**
     * Somebody has made the call and has not told the outcome: an earlier run here, another worker, or one that is dead.
     * He is given the time that an answer may take, except where nothing is charged.
     */
    private Uni<Void> answered(ProviderTask task, PaidCall<?> call) {
        Duration limit = patience.longestAnswer();
        boolean late = isFree(task) || !clock.instant().isBefore(task.sentAt().plus(limit));
        return late && !underWay.isUnderWay(task)
                ? write(() -> givenUp.closed(task))
                        .chain(() -> task.costActual() == null && !isFree(task)
                                ? call.possiblyCharged(task)
                                : Uni.createFrom().voidItem())
                : pause.of(limit.dividedBy(TaskStart.ANSWER_LOOKS));
    }

    /** No provider of such calls recognises a repetition, so each may be charged again. */
    private Uni<Void> allowed(ProviderTask task) {
        int inVain = inVain(task);
        if (inVain > TaskStart.MOST_LOST) {
            var vain = new ProviderOutageException(
                    task.provider() + " was called for this " + inVain
                            + " times, each may have been charged, and nothing of use has come of it",
                    (Throwable) null);
            return write(() -> ledger.notAccepted(task, vain.getMessage()))
                    .chain(() -> Uni.createFrom().failure(vain));
        }
        return Uni.createFrom().voidItem();
    }

    /** How often the provider was paid for it before, or may have been. */
    private static int inVain(ProviderTask task) {
        return isFree(task) ? 0 : task.earlier().lost() + task.earlier().failed();
    }

    private static boolean isFree(ProviderTask task) {
        return task.costEstimated().signum() == 0;
    }

    private <R> Uni<Bought<R>> bought(Purchase purchase, ProviderTask attempt, Class<R> made, PaidCall<R> call) {
        return underWay.toTheEnd(attempt, () -> made(attempt, call))
                .onFailure(NotOursToSendException.class)
                .recoverWithUni(() -> once(purchase, made, call))
                .onFailure(ChargedException::isDoubtful)
                .call(() -> call.possiblyCharged(attempt))
                .onFailure(failure -> ChargedException.hasBroughtNothing(failure) && inVain(attempt) == 0)
                .recoverWithUni(() -> pause.of(patience.pauseBetweenAttempts()).chain(() -> once(purchase, made, call)))
                .onFailure()
                .transform(ChargedException::reasonOf);
    }

    private <R> Uni<Bought<R>> made(ProviderTask attempt, PaidCall<R> call) {
        return call.make(departures.of(attempt, PaidCalls::isFreeOfCharge, false))
                .call(cost -> write(() -> ledger.charged(attempt, cost)))
                .chain(cost -> call.keep()
                        .onFailure()
                        .transform(failure -> new ChargedException(cost, failure))
                        .map(kept -> new Bought<>(kept, cost)))
                .onItemOrFailure()
                .invoke((bought, failure) -> countIfAgain(attempt, failure))
                .onFailure(failure -> !(failure instanceof NotOursToSendException))
                .call(failure -> ended(attempt, failure))
                .call(bought -> write(() -> ledger.succeeded(attempt, null, bought.cost(), json(bought.made()))))
                // The job may have ended meanwhile, and what it has cost is then more than was said.
                .eventually(() -> write(() -> ledger.settleLate(attempt.jobId())));
    }

    /** A definite no is no double charge, however often it is asked for. */
    private void countIfAgain(ProviderTask attempt, Throwable failure) {
        if (inVain(attempt) > 0 && (failure == null || !isFreeOfCharge(failure))) {
            watch.resubmitted(attempt.provider());
        }
    }

    private static boolean isFreeOfCharge(Throwable failure) {
        return !(failure instanceof ChargedException);
    }

    private Uni<Void> ended(ProviderTask attempt, Throwable failure) {
        return write(() -> ChargedException.isDoubtful(failure)
                ? givenUp.lost(attempt)
                : ledger.failed(attempt, null, ChargedException.costOf(failure), failure.getMessage()));
    }

    private static String json(Object made) {
        return JsonObject.mapFrom(made).encode();
    }

    /** A database that is away is waited for: what a provider did must not be forgotten. */
    private <T> Uni<T> write(Supplier<Uni<T>> entry) {
        return Patience.whileAway(settings.databasePatience(), entry);
    }
}
