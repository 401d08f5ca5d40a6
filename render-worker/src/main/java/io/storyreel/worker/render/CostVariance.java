package io.storyreel.worker.render;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Whether a render has cost so much more than estimated that the user should hear of it. */
final class CostVariance {
    private static final BigDecimal NOTEWORTHY = new BigDecimal("1.2");

    private CostVariance() {}

    /** @param estimated null if nobody could say */
    static boolean isNoteworthy(BigDecimal estimated, BigDecimal actual) {
        return estimated != null && actual.compareTo(estimated.multiply(NOTEWORTHY)) > 0;
    }

    static String warning(BigDecimal estimated, BigDecimal actual) {
        return "The render has cost " + display(actual) + " USD, estimated were " + display(estimated) + " USD";
    }

    private static String display(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.HALF_UP).toPlainString();
    }
}
