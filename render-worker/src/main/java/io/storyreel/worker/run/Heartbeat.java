package io.storyreel.worker.run;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Tells others the same kind of thing at a steady pace, whether it gets through or not: a beat that fails or takes too
 * long is made good by the next, and only the first of several in a row is worth a line of the log.
 */
public final class Heartbeat {
    private static final Logger LOG = Logger.getLogger(Heartbeat.class);

    private final String trouble;
    private final Duration pause;
    private final Duration limit;
    private final Supplier<Uni<Void>> beat;
    private Cancellable beats = () -> {};
    private boolean failing;

    /**
     * @param trouble what to say when a beat fails, completed by "… , trying on"
     * @param pause between the end of a beat and the next
     * @param limit how long a beat may take
     */
    public Heartbeat(String trouble, Duration pause, Duration limit, Supplier<Uni<Void>> beat) {
        this.trouble = trouble;
        this.pause = pause;
        this.limit = limit;
        this.beat = beat;
    }

    /** The first beat comes at once. */
    public void start() {
        beats = Multi.createBy()
                .repeating()
                .uni(this::once)
                .withDelay(pause)
                .indefinitely()
                .subscribe()
                .with(done -> {}, failure -> LOG.errorf(failure, "%s, never again", trouble));
    }

    /** Harmless when it has not started. */
    public void stop() {
        beats.cancel();
    }

    private Uni<Void> once() {
        return Uni.createFrom()
                .deferred(beat::get)
                .ifNoItem()
                .after(limit)
                .fail()
                .invoke(() -> failing = false)
                .onFailure()
                .invoke(this::complain)
                .onFailure()
                .recoverWithNull();
    }

    private void complain(Throwable failure) {
        if (!failing) {
            failing = true;
            LOG.warnf("%s, trying on: reason=%s", trouble, failure.getMessage());
        }
    }
}
