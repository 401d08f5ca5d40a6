package io.storyreel.common.budget;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.stream.Stream;

/** A workspace's limits against what it uses of them. */
public record BudgetStanding(BudgetLimits limits, BudgetUse use) {

    /** What may still be reserved, never negative; null without a limit. */
    public BigDecimal left(BudgetWindow window) {
        BigDecimal limit = limits.of(window);
        return limit == null
                ? null
                : limit.subtract(use.spent(window)).subtract(use.reserved()).max(BigDecimal.ZERO);
    }

    /** Which limit the amount exceeds, or null. Of two the one that resets later: waiting for the other is in vain. */
    public BudgetShortage shortage(BigDecimal needed) {
        return Stream.of(BudgetWindow.values())
                .filter(window -> limits.of(window) != null && left(window).compareTo(needed) < 0)
                .map(window -> new BudgetShortage(
                        window, limits.of(window), left(window), needed, window.resetsAt(use.today())))
                .max(Comparator.comparing(BudgetShortage::resetsAt).thenComparing(BudgetShortage::window))
                .orElse(null);
    }
}
