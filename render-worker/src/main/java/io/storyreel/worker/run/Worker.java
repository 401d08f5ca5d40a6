package io.storyreel.worker.run;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.Cancellable;
import io.storyreel.common.job.ClaimedJob;
import io.storyreel.common.job.ClaimedJob.Claim;
import io.storyreel.common.job.JobKind;
import io.storyreel.common.job.JobStore;
import io.storyreel.common.job.WaitingJob;
import io.storyreel.common.job.WorkerLeases;
import io.storyreel.common.queue.ChannelSignal;
import io.storyreel.common.queue.JobConsumer;
import io.storyreel.common.queue.JobConsumer.Doorbell;
import io.storyreel.common.queue.JobQueue;
import io.storyreel.common.queue.ProgressChannel;
import io.storyreel.common.queue.RedisNames;
import io.vertx.mutiny.redis.client.Redis;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads the stream, claims what it can hold, runs it, and gives everything back when it is told to stop. */
@ApplicationScoped
public class Worker {
    private static final Logger LOG = Logger.getLogger(Worker.class);
    private static final int LARGEST_READ = 128;

    private final WorkerSettings settings;
    private final JobStore store;
    private final JobRunner runner;
    private final ProgressChannel channel;
    private final RunningJobs running;
    private final WorkerMembership membership;
    private final JobConsumer consumer;
    private final JobQueue queue;
    private final CompletableFuture<Void> lastRead = new CompletableFuture<>();
    private final List<Cancellable> loops = new ArrayList<>();
    private Scratch scratch;
    private volatile boolean stopping;

    public Worker(
            WorkerSettings settings,
            JobStore store,
            WorkerLeases leases,
            JobRunner runner,
            ProgressChannel channel,
            JobQueue queue,
            Redis redis) {
        this.settings = settings;
        this.store = store;
        this.runner = runner;
        this.channel = channel;
        this.queue = queue;
        this.running = new RunningJobs(settings.slots());
        this.membership = new WorkerMembership(settings, leases, running);
        this.consumer = new JobConsumer(redis, JobKind.RENDER, settings.name());
    }

    void start(@Observes StartupEvent event) {
        scratch = Scratch.open(settings.scratchDir());
        loops.add(membership
                .join()
                .call(() -> consumer.makeGroup().onFailure().recoverWithNull())
                .subscribe()
                .with(joined -> startLoops(), failure -> LOG.error("worker did not start", failure)));
    }

    /** Blocks the thread that shuts the process down, and no other, until every job is somebody else's to take. */
    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        running.stopAll(StopReason.SHUTDOWN);
        Uni<Void> farewell = Uni.createFrom()
                .completionStage(lastRead)
                .chain(running::idle)
                .chain(membership::leave)
                .chain(consumer::leave);
        try {
            farewell.subscribeAsCompletionStage()
                    .get(settings.shutdownPatience().toMillis(), TimeUnit.MILLISECONDS);
            LOG.info("worker stopped, every job handed back");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException late) {
            LOG.warnf("worker stopped with jobs in hand, their leases run out: jobs=%d", running.count());
        }
        loops.forEach(Cancellable::cancel);
        closeScratch();
    }

    private void startLoops() {
        Rounds rounds = new Rounds(() -> !stopping, consumer::makeGroup);
        // Not canceled at the end: an abandoned read would swallow the next entry, so it is left to run out.
        rounds.of("reading jobs", this::read).subscribe().with(done -> {}, () -> lastRead.complete(null));
        loops.add(rounds.of(
                        "taking over entries", () -> pause(settings.entryIdle()).chain(this::takeOverEntries))
                .subscribe()
                .with(done -> {}));
        loops.add(channel.subscribe(RedisNames.CANCELLATIONS)
                .onItem()
                .invoke(this::cancelIfHere)
                .onFailure()
                .retry()
                .withBackOff(Rounds.FIRST_PAUSE, Rounds.LONGEST_PAUSE)
                .indefinitely()
                .subscribe()
                .with(signal -> {}));
    }

    private Uni<Void> read() {
        return running.slot()
                .chain(() -> read(Math.min(running.free(), LARGEST_READ)))
                .chain(this::take);
    }

    /** Never asks for none: Redis takes that for all there are. */
    private Uni<List<Doorbell>> read(int most) {
        return most < 1 ? Uni.createFrom().item(List.of()) : consumer.read(most, settings.readBlock());
    }

    private Uni<Void> takeOverEntries() {
        return running.free() == 0
                ? Uni.createFrom().voidItem()
                : consumer.takeOver(settings.entryIdle(), Math.min(running.free(), LARGEST_READ))
                        .chain(this::take);
    }

    /** An entry is acknowledged once the row says who has the job, or once it was rung for again. */
    private Uni<Void> take(List<Doorbell> doorbells) {
        if (doorbells.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        if (stopping) {
            return queue.ring(doorbells.stream().map(Worker::ringAgain).toList())
                    .chain(() -> consumer.acknowledge(doorbells));
        }
        List<UUID> jobs = doorbells.stream().map(Doorbell::jobId).distinct().toList();
        return Patience.whileAway(settings.databasePatience(), () -> store.claim(jobs, membership.identity()))
                .invoke(claims -> claims.forEach(this::begin))
                .chain(() -> consumer.acknowledge(doorbells));
    }

    private static WaitingJob ringAgain(Doorbell doorbell) {
        return new WaitingJob(doorbell.jobId(), JobKind.RENDER, null);
    }

    private void begin(Claim claim) {
        ClaimedJob job = claim.job();
        runner.publish(claim.event());
        StopSignal signal = running.begin(job);
        if (stopping) {
            signal.stop(StopReason.SHUTDOWN);
        }
        runner.run(job, scratch, signal).subscribe().with(done -> running.end(job, signal));
    }

    private void cancelIfHere(ChannelSignal signal) {
        if (signal instanceof ChannelSignal.Message message) {
            running.stop(UUID.fromString(message.json()), StopReason.CANCELED);
        }
    }

    private static Uni<Void> pause(Duration duration) {
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .onExecutor(Infrastructure.getDefaultWorkerPool())
                .by(duration);
    }

    private void closeScratch() {
        try {
            scratch.close();
        } catch (IOException e) {
            LOG.warnf("scratch directory could not be removed: reason=%s", e.getMessage());
        }
    }
}
