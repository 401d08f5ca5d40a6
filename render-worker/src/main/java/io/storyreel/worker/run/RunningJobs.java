package io.storyreel.worker.run;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.storyreel.common.job.ClaimedJob;
import io.storyreel.common.job.Workload;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** The jobs in hand and the slots left. */
final class RunningJobs {
    private final int slots;
    private final Map<UUID, Run> running = new ConcurrentHashMap<>();
    private final List<Wait> waits = new ArrayList<>();

    private record Run(Workload workload, StopSignal signal) {}

    private record Wait(BooleanSupplier condition, UniEmitter<? super Void> emitter) {}

    RunningJobs(int slots) {
        if (slots < 1) {
            throw new IllegalArgumentException("storyreel.worker.slots must be at least 1, is " + slots);
        }
        this.slots = slots;
    }

    StopSignal begin(ClaimedJob job) {
        Run run = new Run(Workload.of(job.provider()), new StopSignal());
        Run former = running.put(job.id(), run);
        if (former != null) {
            // Claimed again here after the lease was lost: the former run has nothing to say any more.
            former.signal().stop(StopReason.LEASE_LOST);
        }
        return run.signal();
    }

    void end(ClaimedJob job, StopSignal signal) {
        // The same job may have been claimed again meanwhile, after this run had lost its lease.
        running.computeIfPresent(job.id(), (id, run) -> run.signal() == signal ? null : run);
        tellWhoWaits();
    }

    /** A copy: the jobs in hand at this moment. */
    Set<UUID> jobs() {
        return new HashSet<>(running.keySet());
    }

    int free() {
        return Math.max(0, slots - running.size());
    }

    int count() {
        return running.size();
    }

    int count(Workload workload) {
        return (int) running.values().stream()
                .filter(run -> run.workload() == workload)
                .count();
    }

    /** Completes as soon as nothing runs. */
    Uni<Void> idle() {
        return when(running::isEmpty);
    }

    /** Completes as soon as the condition holds, which is looked at whenever a job ends. */
    Uni<Void> when(BooleanSupplier condition) {
        return Uni.createFrom().emitter(emitter -> {
            Wait wait = new Wait(condition, emitter);
            synchronized (this) {
                waits.add(wait);
            }
            emitter.onTermination(() -> forget(wait));
            // The last job may have ended before anybody waited.
            tellWhoWaits();
        });
    }

    void stop(UUID job, StopReason reason) {
        Run run = running.get(job);
        if (run != null) {
            run.signal().stop(reason);
        }
    }

    void stopAll(StopReason reason) {
        running.values().forEach(run -> run.signal().stop(reason));
    }

    private void tellWhoWaits() {
        List<Wait> over;
        synchronized (this) {
            over = waits.stream()
                    .filter(wait -> wait.condition().getAsBoolean())
                    .toList();
            waits.removeAll(over);
        }
        over.forEach(wait -> wait.emitter().complete(null));
    }

    private synchronized void forget(Wait wait) {
        waits.remove(wait);
    }
}
