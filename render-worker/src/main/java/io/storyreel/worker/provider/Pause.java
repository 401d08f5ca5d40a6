package io.storyreel.worker.provider;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;

/** Waiting without a thread. Cancelling ends the wait. */
@ApplicationScoped
public class Pause {
    private final Vertx vertx;

    public Pause(Vertx vertx) {
        this.vertx = vertx;
    }

    public Uni<Void> of(Duration time) {
        long millis = time.toMillis();
        if (millis <= 0) {
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom().emitter(emitter -> {
            long timer = vertx.setTimer(millis, fired -> emitter.complete(null));
            emitter.onTermination(() -> vertx.cancelTimer(timer));
        });
    }
}
