package io.storyreel.worker.provider.replicate;

import io.storyreel.common.provider.TextDigest;

/**
 * What makes an attempt's order unlike every other: a seed that follows from the attempt's name. By it the order is
 * found again among all others when its answer was lost, and no other attempt's is taken for it.
 *
 * @param seed 0 to 2^31 - 1, which every model takes
 */
record AttemptMark(int seed) {
    private static final int HEX_DIGITS = 8;
    private static final int HEX = 16;

    /** @param key the attempt's name */
    static AttemptMark of(String key) {
        long digits = Long.parseLong(TextDigest.of("replicate", key).substring(0, HEX_DIGITS), HEX);
        return new AttemptMark((int) (digits & Integer.MAX_VALUE));
    }
}
