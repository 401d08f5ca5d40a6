package io.storyreel.worker.provider;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.common.ledger.ProviderTasks;
import io.storyreel.worker.provider.http.Departure;
import io.storyreel.worker.run.Patience;
import io.storyreel.worker.run.WorkerSettings;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Writes into the ledger when an attempt leaves for its provider, so that it is known of each what may have been bought,
 * and that only one call leaves for it.
 */
@ApplicationScoped
public class Departures {
    private final ProviderTasks ledger;
    private final WorkerSettings settings;

    public Departures(ProviderTasks ledger, WorkerSettings settings) {
        this.ledger = ledger;
        this.settings = settings;
    }

    /**
     * Of the attempt's next call. Leaving fails with {@link NotOursToSendException} if somebody else has sent it, or if
     * it was ended, while this call stood in our queue.
     *
     * @param definiteNo failures that say that the provider has not taken it
     * @param knownAgain whether the provider makes one task of the attempt however often it is called
     */
    Departure of(ProviderTask attempt, Predicate<Throwable> definiteNo, boolean knownAgain) {
        return new Departure(new Entry(attempt, knownAgain), definiteNo, attempt.sentAt() != null);
    }

    private final class Entry implements Departure.Mark {
        private final UUID call = UUID.randomUUID();
        private final ProviderTask attempt;
        private final boolean knownAgain;

        Entry(ProviderTask attempt, boolean knownAgain) {
            this.attempt = attempt;
            this.knownAgain = knownAgain;
        }

        @Override
        public Uni<Void> leaving() {
            return write(() -> ledger.sending(attempt, call, knownAgain))
                    .invoke(ours -> {
                        if (!ours) {
                            throw new NotOursToSendException(attempt);
                        }
                    })
                    .replaceWithVoid();
        }

        @Override
        public Uni<Void> turnedAway() {
            return write(() -> ledger.notSent(attempt, call));
        }

        /** A database that is away is waited for: what a provider did must not be forgotten. */
        private <T> Uni<T> write(Supplier<Uni<T>> entry) {
            return Patience.whileAway(settings.databasePatience(), entry);
        }
    }
}
