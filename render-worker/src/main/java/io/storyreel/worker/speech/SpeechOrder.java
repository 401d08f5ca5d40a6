package io.storyreel.worker.speech;

import io.smallrye.mutiny.Uni;
import io.storyreel.worker.provider.ChargedException;
import io.storyreel.worker.provider.ResultLostException;
import io.storyreel.worker.provider.http.Departure;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/** One line on its way to a server, over all repetitions of the call; at most one of them may be charged. */
public final class SpeechOrder {
    private final Utterance line;
    private final Path target;
    private final BigDecimal price;
    private final Departure departure;
    private final AtomicReference<BigDecimal> charged = new AtomicReference<>(BigDecimal.ZERO);
    private final AtomicInteger calls = new AtomicInteger();

    /** @param price what one call is expected to cost in USD */
    public SpeechOrder(Utterance line, Path target, BigDecimal price, Departure departure) {
        this.line = line;
        this.target = target;
        this.price = price;
        this.departure = departure;
    }

    /** Lets it be carried out, and tells in USD what it was charged. */
    public Uni<BigDecimal> by(Function<SpeechOrder, Uni<Void>> gateway) {
        return gateway.apply(this)
                .onFailure(FaultToleranceException.class)
                .transform(
                        failure -> new SpeechUnavailableException("the speech server does not keep up", null, failure))
                .map(done -> charged.get());
    }

    /**
     * The failure of a call that may have been charged although there is no sound to show for it. No server of ours
     * recognises a repetition, so whether it is repeated is not for the gateway to say. Where nothing is charged, it is
     * repeated like any other.
     */
    public RuntimeException lost(String message, Throwable cause) {
        return price.signum() == 0
                ? new SpeechUnavailableException(message, null, cause)
                : new ChargedException(null, new ResultLostException(message, cause));
    }

    /** The call, made when it is its turn. */
    <T> Uni<T> departing(Supplier<Uni<T>> call) {
        return departure.of(() -> {
            calls.incrementAndGet();
            charged.set(BigDecimal.ZERO);
            return call.get();
        });
    }

    void charge(BigDecimal cost) {
        charged.set(cost);
    }

    /** The same failure, with what the call was charged in spite of it. */
    Throwable charged(Throwable failure) {
        return charged.get().signum() == 0 || failure instanceof ChargedException charge && charge.cost() != null
                ? failure
                : new ChargedException(charged.get(), ChargedException.reasonOf(failure));
    }

    /** How many calls have left, the one that runs included. */
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
