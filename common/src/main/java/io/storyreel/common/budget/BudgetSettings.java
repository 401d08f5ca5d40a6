package io.storyreel.common.budget;

import io.smallrye.config.ConfigMapping;

import java.math.BigDecimal;
import java.util.Optional;

/** What a workspace may spend unless limits of its own were set. In USD, days and months in UTC. */
@ConfigMapping(prefix = "storyreel.budget")
public interface BudgetSettings {

    /** For each day; unlimited if absent. */
    Optional<BigDecimal> dailyLimit();

    /** For each month; unlimited if absent. */
    Optional<BigDecimal> monthlyLimit();

    default BudgetLimits limits() {
        return new BudgetLimits(dailyLimit().orElse(null), monthlyLimit().orElse(null));
    }
}
