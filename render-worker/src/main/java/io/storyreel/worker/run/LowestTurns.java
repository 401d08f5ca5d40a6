package io.storyreel.worker.run;

/**
 * Of every so many jobs one is taken from the lowest priority that waits: none waits for ever, however much comes that is
 * more urgent. For one reader.
 */
final class LowestTurns {
    private final int every;
    private long taken;

    /** @param every at least 1; 1 takes the lowest priority first, always */
    LowestTurns(int every) {
        if (every < 1) {
            throw new IllegalArgumentException("storyreel.worker.lowest-every must be at least 1, is " + every);
        }
        this.every = every;
    }

    /** How many of the next {@code most} are taken so. */
    int among(int most) {
        return Math.toIntExact((taken + most) / every - taken / every);
    }

    void taken(int jobs) {
        taken += jobs;
    }
}
