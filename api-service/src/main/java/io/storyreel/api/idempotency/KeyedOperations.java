package io.storyreel.api.idempotency;

/**
 * Which requests an Idempotency-Key counts for: every POST, so that a new one is covered without a word. Left out is
 * what makes nothing (plans), and what signs in (its answers are secrets, and a second link or session does no harm).
 */
public final class KeyedOperations {
    public static final String HEADER = "Idempotency-Key";
    public static final int LONGEST_KEY = 255;
    public static final String REPLAYED = "Idempotent-Replayed";

    private KeyedOperations() {}

    /** @param path with values or with names of its parameters */
    public static boolean include(String method, String path) {
        return method.equals("POST")
                && path.startsWith("/api/")
                && !path.startsWith("/api/v1/session")
                && !path.endsWith("/plan");
    }
}
