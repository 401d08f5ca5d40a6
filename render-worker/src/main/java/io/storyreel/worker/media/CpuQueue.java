package io.storyreel.worker.media;

import io.smallrye.mutiny.Uni;

/** Where the work of all jobs waits for this machine's processors. */
public interface CpuQueue {

    /** How much is worked on at the same time. */
    int places();

    /** How much waits for a place. */
    int waiting();

    /** Completes as soon as less than {@code most} waits. */
    Uni<Void> shorterThan(int most);
}
