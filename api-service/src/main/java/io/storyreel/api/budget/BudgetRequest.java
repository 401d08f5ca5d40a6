package io.storyreel.api.budget;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.storyreel.common.budget.BudgetLimits;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.problem.Violation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * The limits that a workspace shall have, in USD. Both must be there, so that nobody takes a limit away by forgetting
 * it.
 */
public record BudgetRequest(
        @JsonProperty(required = true) @Schema(description = "null: no limit", minimum = "0", maximum = LARGEST_LIMIT)
                BigDecimal dailyLimit,
        @JsonProperty(required = true) @Schema(description = "null: no limit", minimum = "0", maximum = LARGEST_LIMIT)
                BigDecimal monthlyLimit) {

    private static final String LARGEST_LIMIT = "1000000";
    private static final BigDecimal LARGEST = new BigDecimal(LARGEST_LIMIT);

    /** As many as the rows keep. */
    private static final int MOST_DECIMALS = 6;

    private static final int LONGEST_VALUE = 40;

    BudgetLimits limits() {
        List<Violation> errors = new ArrayList<>();
        check("daily_limit", dailyLimit, errors);
        check("monthly_limit", monthlyLimit, errors);
        if (!errors.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST,
                    errors.get(0).field() + " " + errors.get(0).message() + ".",
                    errors);
        }
        return new BudgetLimits(dailyLimit, monthlyLimit);
    }

    private static void check(String field, BigDecimal limit, List<Violation> errors) {
        if (limit == null) {
            return;
        }
        // Never written out in full: "1e999999999" would take the memory of a thousand million digits.
        String shown = limit.toString();
        String value = shown.length() <= LONGEST_VALUE ? shown : shown.substring(0, LONGEST_VALUE) + "…";
        if (limit.signum() < 0 || limit.compareTo(LARGEST) > 0) {
            errors.add(new Violation(field, "must be 0 to 1000000 USD, or null for no limit, is " + value));
        } else if (limit.stripTrailingZeros().scale() > MOST_DECIMALS) {
            errors.add(new Violation(field, "must have at most 6 decimals, is " + value));
        }
    }
}
