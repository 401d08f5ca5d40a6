package io.storyreel.common.job;

import java.util.Locale;

/** Where a job stands. The last three are final and never change again. */
public enum JobStatus {
    PENDING,
    PROCESSING,
    COMPLETED,
    FAILED,
    CANCELED;

    public boolean isFinal() {
        return this == COMPLETED || this == FAILED || this == CANCELED;
    }

    /** Whether a job may still have something running at providers though it has ended. */
    public boolean isCutShort() {
        return this == FAILED || this == CANCELED;
    }

    /** The name in rows and JSON. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if there is no such status */
    public static JobStatus of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
