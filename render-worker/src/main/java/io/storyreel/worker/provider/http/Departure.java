package io.storyreel.worker.provider.http;

import io.smallrye.mutiny.Uni;
import io.storyreel.worker.provider.OutcomeUnknownException;

import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * When an order leaves us, and whether it may have reached its provider. One for each order, however often it is tried:
 * an order that is still waiting for its turn here has not left, and neither a time-out of the whole call nor the death
 * of this worker makes it doubtful.
 */
public final class Departure {
    private final Mark mark;
    private final Predicate<Throwable> definiteNo;
    private volatile boolean doubtful;

    /** Keeps in the ledger whether an order may have arrived. */
    public interface Mark {
        /** Nobody keeps it. */
        Mark NONE = new Mark() {
            @Override
            public Uni<Void> leaving() {
                return Uni.createFrom().voidItem();
            }

            @Override
            public Uni<Void> turnedAway() {
                return Uni.createFrom().voidItem();
            }
        };

        /** The order leaves when this has completed; it stays here if this fails. */
        Uni<Void> leaving();

        /** It was sent, and definitely not taken. */
        Uni<Void> turnedAway();
    }

    public Departure() {
        this(Mark.NONE, failure -> !(failure instanceof OutcomeUnknownException), false);
    }

    /**
     * @param definiteNo failures that say that the order was not taken
     * @param doubtful whether it may have arrived before
     */
    public Departure(Mark mark, Predicate<Throwable> definiteNo, boolean doubtful) {
        this.mark = mark;
        this.definiteNo = definiteNo;
        this.doubtful = doubtful;
    }

    /** One try, made when it is its turn. Whatever the answer is, if there is one the doubts are those from before. */
    public <T> Uni<T> of(Supplier<Uni<T>> call) {
        return Uni.createFrom().deferred(() -> {
            boolean before = doubtful;
            return mark.leaving().chain(() -> {
                doubtful = true;
                return Uni.createFrom()
                        .deferred(call::get)
                        .invoke(answered -> doubtful = before)
                        .onFailure(definiteNo)
                        .call(no -> {
                            doubtful = before;
                            return before ? Uni.createFrom().voidItem() : mark.turnedAway();
                        });
            });
        });
    }

    /** What the failure of the order as a whole means. */
    public Throwable meaning(String provider, Throwable failure) {
        return !doubtful || failure instanceof OutcomeUnknownException
                ? failure
                : new OutcomeUnknownException(provider + " was sent the task and has not answered", failure);
    }
}
