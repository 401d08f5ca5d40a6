package io.storyreel.api.budget;

import io.storyreel.common.budget.BudgetStanding;
import io.storyreel.common.budget.BudgetWindow;
import io.storyreel.common.ledger.Money;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.math.BigDecimal;
import java.time.Instant;

/** A workspace's budget as clients see it; amounts are exact. */
@Schema(name = "Budget")
public record BudgetAnswer(Part daily, Part monthly, String currency) {

    /** One limit and what is used of it. */
    @Schema(name = "BudgetPart")
    public record Part(
            @Schema(description = "null: no limit") BigDecimal limit,
            @Schema(description = "Charged by providers since the day or month began (UTC)") BigDecimal spent,
            @Schema(description = "What active renders may still cost") BigDecimal reserved,
            @Schema(description = "null: no limit") BigDecimal left,
            @Schema(description = "When what was spent no longer counts") Instant resetsAt) {}

    static BudgetAnswer of(BudgetStanding standing) {
        return new BudgetAnswer(
                part(standing, BudgetWindow.DAILY), part(standing, BudgetWindow.MONTHLY), Money.CURRENCY);
    }

    private static Part part(BudgetStanding standing, BudgetWindow window) {
        return new Part(
                Money.exact(standing.limits().of(window)),
                Money.exact(standing.use().spent(window)),
                Money.exact(standing.use().reserved()),
                Money.exact(standing.left(window)),
                window.resetsAt(standing.use().today()));
    }
}
