package io.storyreel.worker.run;

import io.smallrye.mutiny.Uni;

import java.util.concurrent.CompletableFuture;

/** Tells one run, once, to stop. */
final class StopSignal {
    private final CompletableFuture<StopReason> reason = new CompletableFuture<>();

    /** The first reason counts. */
    void stop(StopReason why) {
        reason.complete(why);
    }

    Uni<StopReason> asUni() {
        // A copy, so that a run which ends by itself cancels only its own view.
        return Uni.createFrom().completionStage(reason::copy);
    }
}
