package io.storyreel.api.dispatch;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.storyreel.common.job.JobEvent;
import io.storyreel.common.job.JobStore;
import io.storyreel.common.job.WaitingJob;
import io.storyreel.common.job.WorkerLeases;
import io.storyreel.common.queue.JobQueue;
import io.storyreel.common.queue.ProgressChannel;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.List;

/**
 * Makes good what went missing: takes the jobs of dead workers back into the queue and rings for every pending job that
 * nobody has claimed, be it because Redis forgot it, a retry is due, or its ringing was lost with an API instance.
 *
 * <p>Any number of instances may run: the statements skip rows that another one holds.
 */
@ApplicationScoped
public class Dispatcher {
    private static final Logger LOG = Logger.getLogger(Dispatcher.class);

    private static final Duration ROUND_WITHIN = Duration.ofSeconds(30);

    private final DispatchSettings settings;
    private final JobStore jobs;
    private final WorkerLeases workers;
    private final JobQueue queue;
    private final ProgressChannel progress;
    private Cancellable rounds = () -> {};
    private boolean failing;

    public Dispatcher(
            DispatchSettings settings, JobStore jobs, WorkerLeases workers, JobQueue queue, ProgressChannel progress) {
        this.settings = settings;
        this.jobs = jobs;
        this.workers = workers;
        this.queue = queue;
        this.progress = progress;
    }

    void start(@Observes StartupEvent event) {
        if (settings.enabled()) {
            rounds = Multi.createBy()
                    .repeating()
                    .uni(this::round)
                    .withDelay(settings.interval())
                    .indefinitely()
                    .subscribe()
                    .with(done -> {}, failure -> LOG.error("dispatcher stopped", failure));
        }
    }

    void stop(@Observes ShutdownEvent event) {
        rounds.cancel();
    }

    /** Never fails: what did not work now is done by a later round, or by another instance. */
    private Uni<Void> round() {
        return takeOver()
                .chain(this::ring)
                .chain(workers::forgetDead)
                .ifNoItem()
                .after(ROUND_WITHIN)
                .fail()
                .invoke(this::recovered)
                .onFailure()
                .invoke(this::complain)
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private Uni<Void> takeOver() {
        return jobs.takeOver(settings.batch(), settings.mostLeaseLosses())
                .call(this::publishAll)
                .chain(taken ->
                        taken.size() < settings.batch() ? Uni.createFrom().voidItem() : takeOver());
    }

    private Uni<Void> publishAll(List<JobEvent> events) {
        if (!events.isEmpty()) {
            LOG.warnf("took jobs of dead workers back: jobs=%d", events.size());
        }
        return Multi.createFrom()
                .iterable(events)
                .onItem()
                .transformToUniAndConcatenate(progress::publish)
                .collect()
                .last()
                .onFailure()
                .invoke(failure -> LOG.debugf("progress not published: reason=%s", failure.getMessage()))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private Uni<Void> ring() {
        return queue.length()
                .chain(waiting ->
                        waiting >= settings.longestQueue() ? Uni.createFrom().voidItem() : ringForDue());
    }

    private Uni<Void> ringForDue() {
        return jobs.dueForRinging(settings.batch()).chain(this::ringFor);
    }

    private Uni<Void> ringFor(List<WaitingJob> due) {
        Uni<Void> rung = queue.ring(due);
        return due.size() < settings.batch() ? rung : rung.chain(this::ring);
    }

    /** One line when trouble begins and one when it ends, however many rounds lie between. */
    private void complain(Throwable failure) {
        if (!failing) {
            failing = true;
            LOG.warnf("dispatching does not work, trying on: reason=%s", failure.getMessage());
        }
    }

    private void recovered() {
        if (failing) {
            failing = false;
            LOG.info("dispatching works again");
        }
    }
}
