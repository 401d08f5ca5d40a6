package io.storyreel.common.job;

/**
 * What a job asks of the worker that runs it. A worker waits for thousands of providers at once, but computes only as
 * much as it has processors: the two are queued apart, so that neither stands in the other's way.
 */
public enum Workload {
    /** Its clips are made elsewhere; the worker mostly waits. */
    WAITING,
    /** Its clips are made by the worker itself, from the first to the last. */
    COMPUTING;

    /** The only provider without a machine of its own. */
    private static final String MADE_HERE = "local";

    /** The name in streams. */
    public String wireName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** What a job of the provider of that name asks for. */
    public static Workload of(String provider) {
        return MADE_HERE.equals(provider) ? COMPUTING : WAITING;
    }
}
