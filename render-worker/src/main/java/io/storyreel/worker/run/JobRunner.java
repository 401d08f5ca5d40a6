package io.storyreel.worker.run;

import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.storyreel.common.job.ClaimedJob;
import io.storyreel.common.job.JobChange;
import io.storyreel.common.job.JobEvent;
import io.storyreel.common.job.JobKind;
import io.storyreel.common.job.JobStatus;
import io.storyreel.common.job.JobStore;
import io.storyreel.common.job.LeaseLostException;
import io.storyreel.common.queue.ProgressChannel;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Takes one claimed job to one of its ends: done, failed, tried again later, canceled or handed back. */
@ApplicationScoped
public class JobRunner {
    private static final Logger LOG = Logger.getLogger(JobRunner.class);

    private final WorkerSettings settings;
    private final JobStore store;
    private final ProgressChannel channel;
    private final Map<JobKind, JobHandler> handlers = new EnumMap<>(JobKind.class);

    public JobRunner(WorkerSettings settings, JobStore store, ProgressChannel channel, @All List<JobHandler> handlers) {
        this.settings = settings;
        this.store = store;
        this.channel = channel;
        handlers.forEach(handler -> this.handlers.put(handler.kind(), handler));
    }

    /** Completes, never fails, when the job has reached an end and its scratch files are gone. */
    Uni<Void> run(ClaimedJob job, Scratch scratch, StopSignal stop) {
        follow("job begun: job=%s trace=%s attempt=%d", job);
        StoredJobRun run = new StoredJobRun(job, store, this::publish, scratch, settings.databasePatience());
        Uni<Ending> work = Uni.createFrom()
                .deferred(() -> handler(job).handle(run))
                .ifNoItem()
                .after(settings.jobDeadline())
                .failWith(() -> JobFailure.passing("timed_out", "The job took longer than it may", null))
                .map(result -> success(job, result))
                .onFailure()
                .recoverWithItem(failure -> () -> afterFailure(job, failure));
        Uni<Ending> stopped = stop.asUni().map(reason -> () -> afterStop(job, reason));
        // Whichever comes first: stopping cancels the work, and with it its processes and calls.
        return Uni.combine()
                .any()
                .of(work, stopped)
                .call(() -> cleanUp(run))
                .chain(Ending::change)
                .chain(change -> change == null ? Uni.createFrom().voidItem() : run.tell(change))
                .onFailure()
                .invoke(failure -> lostAtTheEnd(job, failure))
                .onFailure()
                .recoverWithNull();
    }

    /** What is to be written at the end of a run. */
    private interface Ending {
        /** The change, or null if nothing may be written any more. */
        Uni<JobChange> change();
    }

    private static Ending success(ClaimedJob job, JobResult result) {
        follow("job done: job=%s trace=%s attempt=%d", job);
        JobChange completed = JobChange.completed(result.message(), result.resultJson(), result.costActual());
        return () -> Uni.createFrom().item(completed);
    }

    /** Thousands of jobs go well every minute; who sends a trace wants to see that his did. */
    private static void follow(String line, ClaimedJob job) {
        LOG.logf(job.isTraced() ? Logger.Level.INFO : Logger.Level.DEBUG, line, job.id(), job.traceId(), job.attempt());
    }

    /** Not waited for: who watches finds the event in the database if this message is lost. */
    void publish(JobEvent event) {
        channel.publish(event)
                .subscribe()
                .with(
                        published -> {},
                        failure -> LOG.debugf(
                                "progress not published: job=%s seq=%d reason=%s",
                                event.jobId(), event.seq(), failure.getMessage()));
    }

    private JobHandler handler(ClaimedJob job) {
        JobHandler handler = handlers.get(job.kind());
        if (handler == null) {
            throw JobFailure.lasting(
                    "unknown_kind",
                    "No worker here can do a job of kind " + job.kind().wireName());
        }
        return handler;
    }

    private Uni<JobChange> afterFailure(ClaimedJob job, Throwable failure) {
        if (failure instanceof LeaseLostException) {
            LOG.infof("job lost to another worker: job=%s trace=%s", job.id(), job.traceId());
            return Uni.createFrom().nullItem();
        }
        JobFailure known = failure instanceof JobFailure told ? told : unexpected(job, failure);
        int retries = settings.retryDelays().size();
        if (known.isTransient() && job.retries() < retries) {
            var delay = settings.retryDelays().get(job.retries());
            LOG.infof(
                    "job is tried again: job=%s trace=%s retry=%d in=%s code=%s reason=%s",
                    job.id(), job.traceId(), job.retries() + 1, delay, known.code(), known.getMessage());
            String message = "%s; trying again (%d of %d)".formatted(known.getMessage(), job.retries() + 1, retries);
            return settle(job)
                    .replaceWith(
                            JobChange.retryAfter(delay, known.code(), message).ofScene(known.scene(), null));
        }
        LOG.infof(
                "job failed: job=%s trace=%s code=%s reason=%s",
                job.id(), job.traceId(), known.code(), known.getMessage());
        return abandon(job, JobStatus.FAILED).chain(() -> spent(job)).map(cost -> JobChange.failed(
                        known.code(), known.getMessage(), cost)
                .ofScene(known.scene(), null));
    }

    private static JobFailure unexpected(ClaimedJob job, Throwable failure) {
        LOG.warnf(failure, "job met an unexpected failure: job=%s trace=%s", job.id(), job.traceId());
        return JobFailure.passing("internal", "Something went wrong on our side", failure);
    }

    private Uni<JobChange> afterStop(ClaimedJob job, StopReason reason) {
        LOG.infof("job stopped: job=%s trace=%s reason=%s", job.id(), job.traceId(), reason);
        return switch (reason) {
            case CANCELED ->
                abandon(job, JobStatus.CANCELED).chain(() -> spent(job)).map(JobChange::canceled);
            case SHUTDOWN -> settle(job).replaceWith(JobChange.handBack());
            case LEASE_LOST -> Uni.createFrom().nullItem();
        };
    }

    private Uni<Void> abandon(ClaimedJob job, JobStatus ending) {
        return patiently(
                () -> handler(job).abandon(job, ending),
                failure -> LOG.warnf(
                        "ended job may have left something running: job=%s trace=%s reason=%s",
                        job.id(), job.traceId(), failure));
    }

    private Uni<Void> settle(ClaimedJob job) {
        return patiently(
                () -> handler(job).settle(job),
                failure -> LOG.warnf(
                        "job goes back with an answer still missing: job=%s trace=%s reason=%s",
                        job.id(), job.traceId(), failure));
    }

    private Uni<Void> patiently(Supplier<Uni<Void>> step, Consumer<Throwable> missed) {
        return Uni.createFrom()
                .deferred(step::get)
                .ifNoItem()
                .after(settings.cancelPatience())
                .fail()
                .onFailure()
                .invoke(missed)
                .onFailure()
                .recoverWithNull();
    }

    private Uni<BigDecimal> spent(ClaimedJob job) {
        return Patience.whileAway(
                settings.databasePatience(), () -> handler(job).spent(job));
    }

    private static Uni<Void> cleanUp(StoredJobRun run) {
        if (!run.usedScratch()) {
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom()
                .voidItem()
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .invoke(run::removeScratch);
    }

    /** Nothing is lost: the heartbeat finds that the job does not run here any more and gives it up for another run. */
    private static void lostAtTheEnd(ClaimedJob job, Throwable failure) {
        if (failure instanceof LeaseLostException) {
            LOG.infof("job lost to another worker: job=%s trace=%s", job.id(), job.traceId());
        } else {
            LOG.warnf(
                    "end of job could not be written: job=%s trace=%s reason=%s",
                    job.id(), job.traceId(), failure.getMessage());
        }
    }
}
