package io.storyreel.api.budget;

import io.storyreel.common.budget.BudgetShortage;
import io.storyreel.common.ledger.Money;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;

import java.util.Map;

/** Says which limit is in the way, what is left of it, and when it resets. */
public final class OverBudget {
    private OverBudget() {}

    public static ProblemException by(BudgetShortage shortage) {
        String window = shortage.window().wireName();
        String detail = "It may cost %s USD, but of this workspace's %s limit of %s USD only %s USD are left until %s."
                        .formatted(
                                Money.exact(shortage.needed()),
                                window,
                                Money.exact(shortage.limit()),
                                Money.exact(shortage.left()),
                                shortage.resetsAt())
                + " Wait until then or for active renders to end, or raise the limit: PUT the workspace's /budget.";
        return new ProblemException(
                ProblemCode.OVER_BUDGET,
                detail,
                Map.of(
                        "window", window,
                        "limit", Money.exact(shortage.limit()),
                        "left", Money.exact(shortage.left()),
                        "needed", Money.exact(shortage.needed()),
                        "resets_at", shortage.resetsAt(),
                        "currency", Money.CURRENCY));
    }
}
