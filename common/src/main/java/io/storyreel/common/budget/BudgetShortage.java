package io.storyreel.common.budget;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * Why something cannot be paid for. In USD, exact.
 *
 * @param left of the limit, after what is spent and reserved
 * @param resetsAt when what was spent no longer counts
 */
public record BudgetShortage(
        BudgetWindow window, BigDecimal limit, BigDecimal left, BigDecimal needed, Instant resetsAt) {}
