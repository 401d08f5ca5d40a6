package io.storyreel.local.simulator.task;

import java.util.Locale;

/** Where a task is, before a vendor's words for it. */
public enum Phase {
    QUEUED,
    /** Ready to run, but as many as allowed run already. */
    THROTTLED,
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELED;

    public boolean isFinal() {
        return this == SUCCEEDED || this == FAILED || this == CANCELED;
    }

    public boolean isWaiting() {
        return this == QUEUED || this == THROTTLED;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
