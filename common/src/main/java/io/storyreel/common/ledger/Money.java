package io.storyreel.common.ledger;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Amounts in USD. Rows keep them exact; only what is shown is rounded. */
public final class Money {
    public static final String CURRENCY = "USD";

    private static final int CENTS = 2;

    private Money() {}

    /** As shown to people: rounded to the cent, half up; null stays null. */
    public static BigDecimal shown(BigDecimal exact) {
        return exact == null ? null : exact.setScale(CENTS, RoundingMode.HALF_UP);
    }

    /** What it may be, as shown to people: rounded up to the cent, so that nothing is hidden. */
    public static BigDecimal atMost(BigDecimal exact) {
        return exact.setScale(CENTS, RoundingMode.UP);
    }

    /** Exact, with the decimals that it has but at least those of cents; null stays null. */
    public static BigDecimal exact(BigDecimal amount) {
        if (amount == null) {
            return null;
        }
        BigDecimal shortest = amount.stripTrailingZeros();
        return shortest.setScale(Math.max(CENTS, shortest.scale()));
    }
}
