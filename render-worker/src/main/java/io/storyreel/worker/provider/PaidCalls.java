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
import org.jboss.logging.Logger;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The one way to what a provider makes in a single call, such as speech; the ledger knows of the call before it is made.
 * Once made, it is heard to its end and written down, whatever becomes of the run. Whoever makes the call lets it be
 * watched: only there is it known what was charged for a call that failed.
 */
@ApplicationScoped
public class PaidCalls {
    private static final Logger LOG = Logger.getLogger(PaidCalls.class);

    private final ProviderTasks ledger;
    private final HandOvers underWay;
    private final Pause pause;
    private final WorkerSettings settings;
    private final ProviderWatch watch;
    private final Clock clock;
    private final Duration answerLimit;

    public PaidCalls(
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
        this.settings = settings;
        this.watch = watch;
        this.clock = clock;
        this.answerLimit = patience.longestAnswer();
    }

    /**
     * Buys something that is made in one call. Fails with {@link ProviderOutageException} if it may have been charged
     * more than once already and nobody heard the answer; with the call's own failure otherwise.
     *
     * @param call made at most once for each row in the ledger; tells what it was charged, also where it fails (see
     *     {@link ChargedException})
     */
    public <R> Uni<Bought<R>> once(Purchase purchase, Class<R> made, Supplier<Uni<Bought<R>>> call) {
        return write(() -> ledger.begin(purchase)).chain(task -> {
            if (task.state() == TaskState.SUCCEEDED) {
                return Uni.createFrom()
                        .item(new Bought<>(new JsonObject(task.result()).mapTo(made), task.costActual()));
            }
            boolean mayHaveBeenMade = !task.fresh() && task.sentAt() != null;
            return mayHaveBeenMade
                    ? answered(task).chain(() -> once(purchase, made, call))
                    : allowed(task).chain(() -> made(task, call));
        });
    }

    /**
     * Books what an earlier run had bought and kept when its worker died, before that was written down. What it was
     * charged died with it; what was estimated is booked.
     */
    public Uni<Void> kept(UUID jobId, Purpose purpose, int scene, String digest, Object made) {
        return write(() -> ledger.open(jobId)).chain(open -> open.stream()
                .filter(task -> task.purpose() == purpose
                        && task.scene() == scene
                        && task.digest().equals(digest))
                .filter(task -> task.sentAt() != null && !underWay.isUnderWay(task))
                .findFirst()
                .map(task -> write(() -> ledger.succeeded(task, null, task.costEstimated(), json(made))))
                .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    /**
     * Somebody has made the call and has not told the outcome: an earlier run here, another worker, or one that is dead.
     * He is given the time that an answer may take, except where nothing is charged.
     */
    private Uni<Void> answered(ProviderTask task) {
        boolean late = isFree(task) || !clock.instant().isBefore(task.sentAt().plus(answerLimit));
        return late && !underWay.isUnderWay(task)
                ? lost(task).invoke(() -> watch.outcomeUnknown(task.provider()))
                : pause.of(answerLimit.dividedBy(TaskStart.ANSWER_LOOKS));
    }

    private Uni<Void> lost(ProviderTask task) {
        LOG.warnf(
                "call of unknown outcome given up: job=%s purpose=%s scene=%d provider=%s attempt=%d",
                task.jobId(), task.purpose().wireName(), task.scene(), task.provider(), task.attempt());
        return write(() -> ledger.lost(task));
    }

    /** No provider of such calls recognises a repetition, so each may be charged again. */
    private Uni<Void> allowed(ProviderTask task) {
        int lost = isFree(task) ? 0 : task.earlier().lost();
        if (lost > TaskStart.MOST_LOST) {
            var silent = new ProviderOutageException(
                    task.provider() + " has left us without an answer more than once", (Throwable) null);
            return write(() -> ledger.notAccepted(task, silent.getMessage()))
                    .chain(() -> Uni.createFrom().failure(silent));
        }
        if (lost > 0) {
            watch.resubmitted(task.provider());
        }
        return Uni.createFrom().voidItem();
    }

    private static boolean isFree(ProviderTask task) {
        return task.costEstimated().signum() == 0;
    }

    private <R> Uni<Bought<R>> made(ProviderTask attempt, Supplier<Uni<Bought<R>>> call) {
        return underWay.toTheEnd(attempt, () -> write(() -> ledger.sending(attempt))
                .chain(call::get)
                .onFailure()
                .call(failure -> ChargedException.isDoubtful(failure) ? lost(attempt) : failed(attempt, failure))
                .onFailure()
                .transform(ChargedException::reasonOf)
                .call(bought -> write(() -> ledger.succeeded(attempt, null, bought.cost(), json(bought.made()))))
                // The job may have ended meanwhile, and what it has cost is then more than was said.
                .eventually(() -> write(() -> ledger.settleLate(attempt.jobId()))));
    }

    private Uni<Void> failed(ProviderTask attempt, Throwable failure) {
        return write(() -> ledger.failed(attempt, null, ChargedException.costOf(failure), failure.getMessage()));
    }

    private static String json(Object made) {
        return JsonObject.mapFrom(made).encode();
    }

    /** A database that is away is waited for: what a provider did must not be forgotten. */
    private <T> Uni<T> write(Supplier<Uni<T>> entry) {
        return Patience.whileAway(settings.databasePatience(), entry);
    }
}
