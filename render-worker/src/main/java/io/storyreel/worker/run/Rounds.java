package io.storyreel.worker.run;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Work that is done again and again for as long as the worker runs, with growing pauses while it fails. */
final class Rounds {
    static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Logger LOG = Logger.getLogger(Rounds.class);

    private final BooleanSupplier goOn;
    private final Supplier<Uni<Void>> repair;

    /** @param repair tried after every failed round; its own failure is of no account, the next round tells */
    Rounds(BooleanSupplier goOn, Supplier<Uni<Void>> repair) {
        this.goOn = goOn;
        this.repair = repair;
    }

    /** Emits nothing, never fails, completes with the round during which the end came. */
    Multi<Void> of(String what, Supplier<Uni<Void>> round) {
        Uni<Boolean> untilItWorks = Uni.createFrom()
                .deferred(() -> round.get())
                .onFailure()
                .invoke(failure -> LOG.warnf("%s failed, trying on: reason=%s", what, failure.getMessage()))
                .onFailure()
                .call(() -> repair.get().onFailure().recoverWithNull())
                .onFailure()
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .until(failure -> goOn.getAsBoolean())
                .onFailure()
                .recoverWithNull()
                .map(done -> goOn.getAsBoolean());
        return Multi.createBy()
                .repeating()
                .uni(() -> untilItWorks)
                .whilst(again -> again)
                .onItem()
                .transformToMultiAndConcatenate(done -> Multi.createFrom().empty());
    }
}
