package io.storyreel.worker.export;

/**
 * The bitrate that an encoder is told to keep, so that it keeps the one that is wanted.
 *
 * @param wanted in 1,000 bits a second, as is {@code kbps}
 * @param kbps what it is told
 * @param attempt from 1
 * @param tooHigh the last attempt that came out too large; null if none has
 */
record BitrateAim(int wanted, int kbps, int attempt, Tried tooHigh) {
    private static final double MOST_OVER = 1.1;
    private static final double MOST_UNDER = 0.9;

    private static final int MOST_ATTEMPTS = 3;

    /** Less than a tenth of what is wanted would starve what moves. */
    private static final double LEAST = 0.1;

    private static final int BEGUN = 5;
    private static final int ENCODED = 89;

    /** @param made the bitrate that came out of it */
    record Tried(int kbps, double made) {}

    static BitrateAim first(int wanted) {
        return new BitrateAim(wanted, wanted, 1, null);
    }

    /**
     * What to aim at after the file has come out at this bitrate; null if the file is good, or as good as it gets. What is
     * too small at once stays: pictures that stand still need less, and no encoder makes more of them.
     */
    BitrateAim after(double made) {
        if (attempt >= MOST_ATTEMPTS) {
            return null;
        }
        if (made > wanted * MOST_OVER) {
            return next(kbps * wanted / made, new Tried(kbps, made));
        }
        return made < wanted * MOST_UNDER && tooHigh != null ? next(between(made), tooHigh) : null;
    }

    /** On the line through this attempt and the one that was too high. */
    private double between(double made) {
        return kbps + (wanted - made) * (tooHigh.kbps() - kbps) / (tooHigh.made() - made);
    }

    private BitrateAim next(double aim, Tried tooHigh) {
        int next = (int) Math.round(Math.max(wanted * LEAST, aim));
        return next == kbps ? null : new BitrateAim(wanted, next, attempt + 1, tooHigh);
    }

    /** Percent of the job that is done; the attempts share what encoding has, in halves. */
    int percent(double fraction) {
        double before = 1 - Math.pow(0.5, attempt - 1);
        double share = Math.pow(0.5, attempt - 1) * (attempt == MOST_ATTEMPTS ? 1 : 0.5);
        return (int) Math.round(BEGUN + (ENCODED - BEGUN) * Math.min(1, before + share * fraction));
    }
}
