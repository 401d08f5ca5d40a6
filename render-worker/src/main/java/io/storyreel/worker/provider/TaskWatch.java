package io.storyreel.worker.provider;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.common.ledger.ProviderTasks;
import io.storyreel.common.ledger.TaskState;
import io.storyreel.worker.provider.TaskListener.Reason;
import io.storyreel.worker.provider.TaskListener.Wait;
import io.storyreel.worker.provider.TaskProgress.Failed;
import io.storyreel.worker.provider.TaskProgress.Queued;
import io.storyreel.worker.provider.TaskProgress.Running;
import io.storyreel.worker.provider.TaskProgress.Succeeded;
import io.storyreel.worker.provider.health.ProviderOperation;
import io.storyreel.worker.provider.health.ProviderWatch;
import io.storyreel.worker.run.Patience;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Asks after one task until it has come to an end or our patience has. A provider that cannot be reached meanwhile is
 * asked on: the task is paid for.
 *
 * @param <R> what the provider makes
 */
final class TaskWatch<R> {
    private static final Duration FIRST_PAUSE_IN_TROUBLE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE_IN_TROUBLE = Duration.ofSeconds(30);

    /** A task may be unknown for a moment after it was accepted, or to a server that lags behind. */
    private static final int GONE_FOR_GOOD = 3;

    private static final Duration LEAST_BUSY_PAUSE = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 5;
    private static final Duration LONGEST_BUSY_PAUSE = Duration.ofMinutes(5);

    /** What was made is paid for: it is asked for again before anybody thinks of buying it a second time. */
    private static final int MOST_MISSING = 3;

    private final TaskProvider<?, R> provider;
    private final ProviderTask task;
    private final Duration patience;
    private final TaskListener listener;
    private final ProviderTasks ledger;
    private final ProviderSettings settings;
    private final Duration databasePatience;
    private final ProviderWatch watch;
    private final Pause pause;
    private final Clock clock;
    private final Instant begun;
    private String lastWord = TaskState.RUNNING.wireName();
    private int told;
    private Instant runningSince;
    private Instant troubledSince;
    private Wait lastWait;
    private int missing;
    private Duration pauseInTrouble = FIRST_PAUSE_IN_TROUBLE;
    private int missed;
    private int turnedAway;

    TaskWatch(
            Order<?, R, ?> order,
            ProviderTask task,
            int told,
            TaskListener listener,
            ProviderTasks ledger,
            ProviderSettings settings,
            Duration databasePatience,
            ProviderWatch watch,
            Pause pause,
            Clock clock) {
        this.provider = order.provider();
        this.task = task;
        this.patience = order.patience();
        this.told = told;
        this.listener = listener;
        this.ledger = ledger;
        this.settings = settings;
        this.databasePatience = databasePatience;
        this.watch = watch;
        this.pause = pause;
        this.clock = clock;
        this.begun = clock.instant();
    }

    /** One question and the pause after it; {@code end} is null while the task goes on. */
    private record Round<R>(TaskProgress<R> end) {}

    /**
     * The end of the task: succeeded or failed. Fails with {@link ProviderOutageException} when our patience has come
     * to its end first, and with what the provider refuses to tell. May be asked again if what was made could not be
     * fetched.
     */
    Uni<TaskProgress<R>> end() {
        // A loop, not a recursion: a task that waits for hours is asked after a thousand times.
        return Multi.createBy()
                .repeating()
                .uni(this::round)
                .whilst(round -> round.end() == null)
                .collect()
                .last()
                .map(Round::end);
    }

    private Uni<Round<R>> round() {
        return Uni.createFrom()
                .deferred(() -> watch.around(provider.name(), ProviderOperation.POLL, provider.poll(task, told)))
                .onFailure()
                .transform(failure -> Trouble.ofQuestion(provider.name(), failure))
                .invoke(this::answered)
                .chain(this::heard)
                .onFailure(failure -> mayPass(failure) && !(failure instanceof TimedOut))
                .recoverWithUni(trouble ->
                        Uni.createFrom().deferred(() -> troubled(trouble)).replaceWith(new Round<R>(null)));
    }

    private void answered(TaskProgress<R> progress) {
        missed = 0;
        turnedAway = 0;
    }

    private boolean mayPass(Throwable failure) {
        return Trouble.passes(failure)
                || failure instanceof ProviderRefusedException refused
                        && refused.reason() == ProviderRefusedException.Reason.GONE
                        && ++missed < GONE_FOR_GOOD;
    }

    private Uni<Round<R>> heard(TaskProgress<R> progress) {
        if (progress instanceof Queued<R> queued) {
            troubledSince = null;
            runningSince = null;
            requirePatience(begun, settings.queuePatience(), "stood in the queue of " + provider.name());
            return noted(queued.state())
                    .chain(() -> waiting(new Wait(Reason.PROVIDER_QUEUE, provider.name(), queued.position(), null)))
                    .chain(() -> pause.of(queued.again()))
                    .replaceWith(new Round<>(null));
        }
        if (progress instanceof Running<R> running) {
            troubledSince = null;
            lastWait = null;
            runningSince = runningSince == null ? clock.instant() : runningSince;
            requirePatience(runningSince, patience, "ran at " + provider.name());
            return noted(running.state())
                    .chain(() -> progressed(running.percent()))
                    .chain(() -> pause.of(running.again()))
                    .replaceWith(new Round<>(null));
        }
        if (progress instanceof Failed<R> made && made.lacksResult() && missing++ < MOST_MISSING) {
            return noted(made.state())
                    .chain(() -> pause.of(FIRST_PAUSE_IN_TROUBLE))
                    .replaceWith(new Round<>(null));
        }
        return Uni.createFrom().item(new Round<>(progress));
    }

    private Uni<Void> noted(String word) {
        if (word.equals(lastWord)) {
            return Uni.createFrom().voidItem();
        }
        lastWord = word;
        return Patience.whileAway(databasePatience, () -> ledger.seen(task, word));
    }

    private Uni<Void> progressed(Integer percent) {
        if (percent == null || percent <= told) {
            return Uni.createFrom().voidItem();
        }
        told = percent;
        return listener.progressed(percent);
    }

    private Uni<Void> waiting(Wait wait) {
        if (Objects.equals(wait, lastWait)) {
            return Uni.createFrom().voidItem();
        }
        lastWait = wait;
        return listener.waiting(wait);
    }

    /** What was made, asked for once more; the item is null if the provider has it no more. */
    Uni<R> renewed() {
        return Uni.createFrom()
                .deferred(() -> watch.around(provider.name(), ProviderOperation.POLL, provider.poll(task, told)))
                .onFailure()
                .transform(failure -> Trouble.ofQuestion(provider.name(), failure))
                .map(progress -> progress instanceof Succeeded<R> done ? done.result() : null);
    }

    /** Waits a little; fails with {@code trouble} itself when it has lasted too long. */
    Uni<Void> troubled(Throwable trouble) {
        if (trouble instanceof ProviderBusyException busy) {
            // Too many questions say nothing about the task: the time they take is not held against it.
            requirePatience(begun, settings.queuePatience(), "could not be asked after at " + provider.name());
            return after(busyPause(busy), trouble);
        }
        Instant now = clock.instant();
        if (troubledSince == null) {
            troubledSince = now;
            pauseInTrouble = FIRST_PAUSE_IN_TROUBLE;
        } else if (troubledSince.plus(settings.outagePatience()).isBefore(now)) {
            return Uni.createFrom().failure(trouble);
        }
        Duration wait = pauseInTrouble;
        pauseInTrouble = shorter(wait.multipliedBy(2), LONGEST_PAUSE_IN_TROUBLE);
        return after(wait, trouble);
    }

    /**
     * As long as the provider wishes, within reason: neither at once, again and again, nor past the task's end. Longer
     * each time in a row, so that thousands of tasks share a rate limit instead of knocking at it.
     */
    private Duration busyPause(ProviderBusyException busy) {
        Duration asked = busy.retryAfter() == null ? settings.busyPause() : busy.retryAfter();
        Duration least = LEAST_BUSY_PAUSE.multipliedBy(1L << Math.min(turnedAway++, MOST_DOUBLINGS));
        return shorter(asked.compareTo(least) < 0 ? least : asked, LONGEST_BUSY_PAUSE);
    }

    private Uni<Void> after(Duration wait, Throwable trouble) {
        return waiting(new Wait(Trouble.reason(trouble), provider.name(), null, null))
                .chain(() -> pause.of(wait));
    }

    private void requirePatience(Instant since, Duration limit, String what) {
        if (since.plus(limit).isBefore(clock.instant())) {
            throw new TimedOut("The task " + what + " for more than " + limit.toSeconds() + " s");
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Our patience is at its end; a fallback may do better. */
    static final class TimedOut extends ProviderOutageException {
        private static final long serialVersionUID = 1L;

        TimedOut(String message) {
            super("provider_timed_out", message, null, null);
        }
    }
}
