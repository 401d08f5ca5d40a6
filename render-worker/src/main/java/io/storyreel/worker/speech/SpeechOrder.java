package io.storyreel.worker.speech;

import io.smallrye.mutiny.Uni;
import io.storyreel.worker.provider.ChargedException;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** One line on its way to a server, over all repetitions of the call: what they were charged, how many were lost. */
public final class SpeechOrder {
    private final Utterance line;
    private final Path target;
    private final BigDecimal price;
    private final AtomicReference<BigDecimal> charged = new AtomicReference<>(BigDecimal.ZERO);
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();

    /** @param price what one call is expected to cost in USD */
    public SpeechOrder(Utterance line, Path target, BigDecimal price) {
        this.line = line;
        this.target = target;
        this.price = price;
    }

    /** Lets it be carried out, and tells in USD what all calls for it were charged. */
    public Uni<BigDecimal> by(Function<SpeechOrder, Uni<Void>> gateway) {
        return gateway.apply(this)
                .onFailure(FaultToleranceException.class)
                .transform(
                        failure -> new SpeechUnavailableException("the speech server does not keep up", null, failure))
                .onFailure(failure -> charged.get().signum() > 0)
                .transform(failure -> new ChargedException(charged.get(), failure))
                .onFailure(failure -> !(failure instanceof ChargedException) && isLost() && price.signum() > 0)
                .transform(failure -> new ChargedException(null, failure))
                .map(done -> charged.get());
    }

    /**
     * The failure of a call that may have been charged although there is no sound to show for it. It is repeated once:
     * no server of ours recognises a repetition, and each may be charged again. Where nothing is charged, it may be
     * repeated like any other.
     */
    public RuntimeException lost(String message, Throwable cause) {
        return lost.incrementAndGet() == 1 || price.signum() == 0
                ? new SpeechUnavailableException(message, null, cause)
                : new SpeechRefusedException(
                        SpeechRefusedException.Subject.SOUND,
                        message + "; this was its second try, and each may have been charged: render again when the"
                                + " connection holds");
    }

    void charge(BigDecimal cost) {
        charged.accumulateAndGet(cost, BigDecimal::add);
    }

    boolean isLost() {
        return lost.get() > 0;
    }

    void beginCall() {
        calls.incrementAndGet();
    }

    /** How many calls have begun, the one that runs included. */
    public int calls() {
        return calls.get();
    }

    public Utterance line() {
        return line;
    }

    public Path target() {
        return target;
    }

    public BigDecimal price() {
        return price;
    }
}
