package io.storyreel.worker.export;

/**
 * The bitrate that an encoder is told to keep, so that it keeps the one that is wanted.
 *
 * @param wanted in 1,000 bits a second, as is {@code kbps}
 * @param kbps what it is told
 * @param attempt from 1
 */
record BitrateAim(int wanted, int kbps, int attempt) {
    /** Below this nothing is done: what stands still needs less, and no encoder makes more of it. */
    private static final double MOST_OVER = 1.1;

    private static final int MOST_ATTEMPTS = 3;

    /** Less than a tenth of what is wanted would starve what moves. */
    private static final double LEAST = 0.1;

    private static final int BEGUN = 5;
    private static final int ENCODED = 89;

    static BitrateAim first(int wanted) {
        return new BitrateAim(wanted, wanted, 1);
    }

    /** What to aim at after the file has come out at this bitrate; null if the file is good, or as good as it gets. */
    BitrateAim after(double made) {
        if (made <= wanted * MOST_OVER || attempt >= MOST_ATTEMPTS) {
            return null;
        }
        int next = (int) Math.max(wanted * LEAST, Math.round((double) kbps * wanted / made));
        return next < kbps ? new BitrateAim(wanted, next, attempt + 1) : null;
    }

    /** Percent of the job that is done; the attempts share what encoding has, in halves. */
    int percent(double fraction) {
        double before = 1 - Math.pow(0.5, attempt - 1);
        double share = Math.pow(0.5, attempt - 1) * (attempt == MOST_ATTEMPTS ? 1 : 0.5);
        return (int) Math.round(BEGUN + (ENCODED - BEGUN) * Math.min(1, before + share * fraction));
    }
}
