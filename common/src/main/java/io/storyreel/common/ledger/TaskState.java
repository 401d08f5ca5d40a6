package io.storyreel.common.ledger;

import java.util.Locale;

/** Where an attempt stands. The last four are final. */
public enum TaskState {
    /** The provider is about to be called, or was called by a worker that died before it knew the answer. */
    BEGUN,
    /** The provider has accepted and named the task. */
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELED,
    /** The call may have arrived, and nobody will ever know. */
    LOST;

    /** The name in rows. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static TaskState of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
