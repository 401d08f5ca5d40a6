package io.storyreel.worker.run;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.storyreel.common.job.WaitingJob;
import io.storyreel.common.job.Workload;
import io.storyreel.common.queue.JobConsumer;
import io.storyreel.common.queue.JobConsumer.Doorbell;
import io.vertx.mutiny.redis.client.Redis;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Hears the doorbells of one workload, no more of them than the worker has appetite for. */
final class Intake {
    private static final int LARGEST_READ = 128;

    private final Workload workload;
    private final JobConsumer consumer;
    private final ClaimAppetite appetite;
    private final LowestTurns turns;
    private final Function<List<UUID>, Uni<Void>> claim;
    private final Function<List<WaitingJob>, Uni<Void>> ringAgain;
    private volatile UniEmitter<? super Void> hungry;
    private volatile boolean closed;

    /**
     * @param claim completes when the rows say who has the jobs
     * @param ringAgain gives back what was heard too late
     */
    Intake(
            Redis redis,
            Workload workload,
            String name,
            ClaimAppetite appetite,
            LowestTurns turns,
            Function<List<UUID>, Uni<Void>> claim,
            Function<List<WaitingJob>, Uni<Void>> ringAgain) {
        this.workload = workload;
        this.consumer = new JobConsumer(redis, workload, name);
        this.appetite = appetite;
        this.turns = turns;
        this.claim = claim;
        this.ringAgain = ringAgain;
    }

    Uni<Void> open() {
        return consumer.makeGroup();
    }

    /** From now on what is heard is left to others. */
    void close() {
        closed = true;
        UniEmitter<? super Void> waiting = hungry;
        if (waiting != null) {
            waiting.complete(null);
        }
    }

    Uni<Void> leave() {
        return consumer.leave();
    }

    /** One read, as soon as there is appetite; it waits up to {@code block} for entries. */
    Uni<Void> read(Duration block) {
        return appetiteOrEnd().chain(() -> {
            int most = closed ? 0 : most();
            // Never asks for none: Redis takes that for all there are.
            return most < 1
                    ? Uni.createFrom().voidItem()
                    : consumer.read(most, turns.among(most), block)
                            .invoke(heard -> turns.taken(heard.size()))
                            .chain(heard -> take(heard, most));
        });
    }

    /** Entries that another worker read and did not acknowledge for {@code idle}. */
    Uni<Void> takeOver(Duration idle) {
        int most = most();
        return most < 1
                ? Uni.createFrom().voidItem()
                : consumer.takeOver(idle, most).chain(heard -> take(heard, most));
    }

    /** Whoever stops must not wait for the processors, so closing ends it too. */
    private Uni<Void> appetiteOrEnd() {
        return Uni.createFrom().emitter(emitter -> {
            hungry = emitter;
            appetite.some(workload).subscribe().with(some -> emitter.complete(null), emitter::fail);
            if (closed) {
                emitter.complete(null);
            }
        });
    }

    private int most() {
        return Math.min(appetite.jobs(workload), LARGEST_READ);
    }

    /**
     * An entry is acknowledged once the row says who has the job, or once it was rung for again: what was heard too late,
     * or beyond the appetite.
     */
    private Uni<Void> take(List<Doorbell> heard, int most) {
        if (heard.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        int mine = closed ? 0 : Math.min(most, heard.size());
        return claimed(heard.subList(0, mine))
                .chain(() -> givenBack(heard.subList(mine, heard.size())))
                .chain(() -> consumer.acknowledge(heard));
    }

    private Uni<Void> claimed(List<Doorbell> doorbells) {
        return doorbells.isEmpty()
                ? Uni.createFrom().voidItem()
                : claim.apply(doorbells.stream().map(Doorbell::jobId).distinct().toList());
    }

    private Uni<Void> givenBack(List<Doorbell> doorbells) {
        return doorbells.isEmpty()
                ? Uni.createFrom().voidItem()
                : ringAgain.apply(doorbells.stream().map(this::waiting).toList());
    }

    private WaitingJob waiting(Doorbell doorbell) {
        return new WaitingJob(doorbell.jobId(), doorbell.kind(), workload, doorbell.priority(), null);
    }
}
