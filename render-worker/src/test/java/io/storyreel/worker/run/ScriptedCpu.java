package io.storyreel.worker.run;

import io.smallrye.mutiny.Uni;
import io.storyreel.worker.media.CpuQueue;

import java.util.concurrent.CompletableFuture;

/** Two processors, and a queue as long as the test says. */
final class ScriptedCpu implements CpuQueue {
    private volatile int waiting;
    private volatile CompletableFuture<Void> shorter = CompletableFuture.completedFuture(null);

    void nowWaiting(int many) {
        waiting = many;
        if (many > 0) {
            shorter = new CompletableFuture<>();
        } else {
            shorter.complete(null);
        }
    }

    @Override
    public int places() {
        return 2;
    }

    @Override
    public int waiting() {
        return waiting;
    }

    @Override
    public Uni<Void> shorterThan(int most) {
        return waiting < most ? Uni.createFrom().voidItem() : Uni.createFrom().completionStage(() -> shorter.copy());
    }
}
