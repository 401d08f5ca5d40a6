package io.storyreel.worker.provider;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.ledger.ProviderTask;

import java.time.Duration;

/** Hears how a task gets on. What it does is waited for. */
public interface TaskListener {

    /** Wants to know nothing. */
    TaskListener NONE = new TaskListener() {};

    /** @param percent 0 to 99, higher than the last time */
    default Uni<Void> progressed(int percent) {
        return Uni.createFrom().voidItem();
    }

    /** The task waits, for another reason or at another place in the queue than the last time. */
    default Uni<Void> waiting(Wait wait) {
        return Uni.createFrom().voidItem();
    }

    /** An attempt was given up whose outcome nobody knows: it may have been charged with its estimate. */
    default Uni<Void> possiblyCharged(ProviderTask attempt) {
        return Uni.createFrom().voidItem();
    }

    /**
     * What a task waits for.
     *
     * @param position in the provider's queue, from 0; null if unknown
     * @param until how long it will take, as far as anybody knows; null if nobody does
     */
    record Wait(Reason reason, String provider, Integer position, Duration until) {}

    /** Why a task waits. */
    enum Reason {
        PROVIDER_QUEUE("provider_queue"),
        RATE_LIMIT("rate_limit"),
        CIRCUIT_OPEN("circuit_open"),
        PROVIDER_OUTAGE("provider_outage");

        private final String wireName;

        Reason(String wireName) {
            this.wireName = wireName;
        }

        /** The name in rows and answers. */
        public String wireName() {
            return wireName;
        }
    }
}
