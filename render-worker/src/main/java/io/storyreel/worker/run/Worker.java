package io.storyreel.worker.run;

import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.Cancellable;
import io.storyreel.common.job.ClaimedJob;
import io.storyreel.common.job.ClaimedJob.Claim;
import io.storyreel.common.job.JobStore;
import io.storyreel.common.job.WorkerLeases;
import io.storyreel.common.job.Workload;
import io.storyreel.common.queue.ChannelSignal;
import io.storyreel.common.queue.JobQueue;
import io.storyreel.common.queue.ProgressChannel;
import io.storyreel.common.queue.RedisNames;
import io.storyreel.worker.media.CpuQueue;
import io.vertx.mutiny.redis.client.Redis;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads the stream, claims what it can hold, runs it, and gives everything back when it is told to stop. */
@ApplicationScoped
public class Worker {
    private static final Logger LOG = Logger.getLogger(Worker.class);

    private final WorkerSettings settings;
    private final JobStore store;
    private final JobRunner runner;
    private final ProgressChannel channel;
    private final RunningJobs running;
    private final WorkerMembership membership;
    private final List<Intake> intakes;
    private final List<Chore> chores;
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
            Redis redis,
            CpuQueue cpu,
            @All List<Chore> chores) {
        this.settings = settings;
        this.store = store;
        this.runner = runner;
        this.channel = channel;
        this.chores = chores;
        this.running = new RunningJobs(settings.slots());
        this.membership = new WorkerMembership(settings, leases, running);
        ClaimAppetite appetite = new ClaimAppetite(running, cpu);
        this.intakes = Stream.of(Workload.values())
                .map(workload -> new Intake(
                        redis,
                        workload,
                        settings.name(),
                        appetite,
                        new LowestTurns(settings.lowestEvery()),
                        this::claim,
                        queue::ring))
                .toList();
    }

    void start(@Observes StartupEvent event) {
        scratch = Scratch.open(settings.scratchDir());
        loops.add(membership
                .join()
                .call(() -> onEachIntake(intake -> intake.open().onFailure().recoverWithNull()))
                .subscribe()
                .with(joined -> startLoops(), failure -> LOG.error("worker did not start", failure)));
    }

    /** Blocks the thread that shuts the process down, and no other, until every job is somebody else's to take. */
    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        intakes.forEach(Intake::close);
        running.stopAll(StopReason.SHUTDOWN);
        Uni<Void> farewell = Uni.createFrom()
                .completionStage(lastRead)
                .chain(running::idle)
                .chain(membership::leave)
                .chain(() -> onEachIntake(Intake::leave));
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
        Uni<Void> lastReads = Uni.join()
                .all(intakes.stream().map(this::startIntake).toList())
                .andFailFast()
                .replaceWithVoid();
        lastReads.subscribe().with(done -> lastRead.complete(null));
        chores.forEach(this::startChore);
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

    /** Completes with its last read. */
    private Uni<Void> startIntake(Intake intake) {
        Rounds rounds = new Rounds(() -> !stopping, intake::open);
        loops.add(rounds.of("taking over entries", () -> pause(settings.entryIdle())
                        .chain(() -> intake.takeOver(settings.entryIdle())))
                .subscribe()
                .with(done -> {}));
        // Not canceled at the end: an abandoned read would swallow the next entry, so it is left to run out.
        return rounds.of("reading jobs", () -> intake.read(settings.readBlock()))
                .toUni();
    }

    private void startChore(Chore chore) {
        Path own = scratch.make("chore-" + chore.name().replace(' ', '-'));
        loops.add(new Rounds(() -> !stopping, () -> Uni.createFrom().voidItem())
                .of(chore.name(), () -> pause(chore.pause()).chain(() -> chore.round(own)))
                .subscribe()
                .with(done -> {}));
    }

    /** Begins them in the order in which they were heard; the rows come in any. */
    private Uni<Void> claim(List<UUID> jobs) {
        return Patience.whileAway(settings.databasePatience(), () -> store.claim(jobs, membership.identity()))
                .invoke(claims -> claims.stream()
                        .sorted(Comparator.comparing(
                                claim -> jobs.indexOf(claim.job().id())))
                        .forEach(this::begin))
                .replaceWithVoid();
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

    private Uni<Void> onEachIntake(Function<Intake, Uni<Void>> step) {
        return Uni.join().all(intakes.stream().map(step).toList()).andFailFast().replaceWithVoid();
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
