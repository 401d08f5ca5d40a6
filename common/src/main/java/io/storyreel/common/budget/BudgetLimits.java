package io.storyreel.common.budget;

import java.math.BigDecimal;

/** The most that may be spent in a day and in a month, in USD; null is no limit. */
public record BudgetLimits(BigDecimal daily, BigDecimal monthly) {

    public BigDecimal of(BudgetWindow window) {
        return window == BudgetWindow.DAILY ? daily : monthly;
    }
}
