package io.storyreel.worker.provider.http;

import io.smallrye.mutiny.Uni;
import io.storyreel.worker.provider.OutcomeUnknownException;

import java.util.function.Supplier;

/**
 * Whether an order may have reached its provider. One for each order, however often it is tried: a time-out of the whole
 * call cannot tell an order that was still waiting here from one that was on its way.
 */
public final class Departure {
    private volatile boolean doubtful;

    /** One try, called when it is its turn. Whatever the answer is, if there is one the doubts are those from before. */
    public <T> Uni<T> of(Supplier<Uni<T>> call) {
        return Uni.createFrom().deferred(() -> {
            boolean before = doubtful;
            doubtful = true;
            return Uni.createFrom()
                    .deferred(call::get)
                    .invoke(answered -> doubtful = before)
                    .onFailure(failure -> !(failure instanceof OutcomeUnknownException))
                    .invoke(definite -> doubtful = before);
        });
    }

    /** What the failure of the order as a whole means. */
    public Throwable meaning(String provider, Throwable failure) {
        return !doubtful || failure instanceof OutcomeUnknownException
                ? failure
                : new OutcomeUnknownException(provider + " was sent the task and has not answered", failure);
    }
}
