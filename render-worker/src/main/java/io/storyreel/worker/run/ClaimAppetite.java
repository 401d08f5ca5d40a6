package io.storyreel.worker.run;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.Workload;
import io.storyreel.worker.media.CpuQueue;

/**
 * How many more jobs this worker should take. Jobs that wait for providers may fill all its slots. Of those that it has
 * to compute itself it takes only what keeps its processors busy, and none while it is behind with what it has: another
 * worker may be idle.
 */
final class ClaimAppetite {
    /** One is computed, one waits at the gate, one fetches its pictures: a processor never waits for a download. */
    private static final int COMPUTING_PER_PLACE = 3;

    /** Videos from providers end in a composition too, so the gate may be long without a single job of our own. */
    private static final int QUEUED_PER_PLACE = 2;

    private final RunningJobs running;
    private final CpuQueue cpu;

    ClaimAppetite(RunningJobs running, CpuQueue cpu) {
        this.running = running;
        this.cpu = cpu;
    }

    int jobs(Workload workload) {
        return switch (workload) {
            case WAITING -> running.free();
            case COMPUTING -> cpu.waiting() < longestQueue() ? Math.min(running.free(), toCompute()) : 0;
        };
    }

    /** Completes as soon as there is some; somebody else may be served first. */
    Uni<Void> some(Workload workload) {
        return switch (workload) {
            case WAITING -> running.when(() -> running.free() > 0);
            case COMPUTING ->
                running.when(() -> running.free() > 0 && toCompute() > 0).chain(() -> cpu.shorterThan(longestQueue()));
        };
    }

    private int toCompute() {
        return Math.max(0, COMPUTING_PER_PLACE * cpu.places() - running.count(Workload.COMPUTING));
    }

    private int longestQueue() {
        return QUEUED_PER_PLACE * cpu.places();
    }
}
