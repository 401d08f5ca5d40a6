package io.storyreel.worker.run;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.storyreel.common.job.ClaimedJob;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The jobs in hand and the slots left. */
final class RunningJobs {
    private final int slots;
    private final Map<UUID, StopSignal> running = new ConcurrentHashMap<>();
    private final List<UniEmitter<? super Void>> waitingForSlot = new ArrayList<>();
    private final List<UniEmitter<? super Void>> waitingForEnd = new ArrayList<>();

    RunningJobs(int slots) {
        if (slots < 1) {
            throw new IllegalArgumentException("storyreel.worker.slots must be at least 1, is " + slots);
        }
        this.slots = slots;
    }

    StopSignal begin(ClaimedJob job) {
        StopSignal signal = new StopSignal();
        StopSignal former = running.put(job.id(), signal);
        if (former != null) {
            // Claimed again here after the lease was lost: the former run has nothing to say any more.
            former.stop(StopReason.LEASE_LOST);
        }
        return signal;
    }

    void end(ClaimedJob job, StopSignal signal) {
        // The same job may have been claimed again meanwhile, after this run had lost its lease.
        running.remove(job.id(), signal);
        List<UniEmitter<? super Void>> told = new ArrayList<>();
        synchronized (this) {
            if (free() > 0) {
                told.addAll(waitingForSlot);
                waitingForSlot.clear();
            }
            if (running.isEmpty()) {
                told.addAll(waitingForEnd);
                waitingForEnd.clear();
            }
        }
        told.forEach(emitter -> emitter.complete(null));
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

    /** Completes as soon as a slot is free. */
    Uni<Void> slot() {
        return Uni.createFrom().emitter(emitter -> await(waitingForSlot, emitter, free() > 0));
    }

    /** Completes as soon as nothing runs. */
    Uni<Void> idle() {
        return Uni.createFrom().emitter(emitter -> await(waitingForEnd, emitter, running.isEmpty()));
    }

    void stop(UUID job, StopReason reason) {
        StopSignal signal = running.get(job);
        if (signal != null) {
            signal.stop(reason);
        }
    }

    void stopAll(StopReason reason) {
        running.values().forEach(signal -> signal.stop(reason));
    }

    private void await(List<UniEmitter<? super Void>> waiting, UniEmitter<? super Void> emitter, boolean already) {
        if (already) {
            emitter.complete(null);
            return;
        }
        synchronized (this) {
            waiting.add(emitter);
        }
        // The slot may have become free between the look and the waiting.
        if (waiting == waitingForSlot ? free() > 0 : running.isEmpty()) {
            emitter.complete(null);
        }
    }
}
