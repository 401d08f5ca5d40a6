package io.storyreel.common.budget;

import io.vertx.mutiny.sqlclient.Row;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * What a workspace has spent, and what its active jobs may still cost. In USD, exact.
 *
 * @param today the day in UTC, by the clock of the database, which all instances share
 * @param reserved counts in the present day and month, however old the jobs are
 */
public record BudgetUse(LocalDate today, BigDecimal spentToday, BigDecimal spentThisMonth, BigDecimal reserved) {

    /** Reads what {@code budget_use} answers. */
    public static BudgetUse of(Row row) {
        return new BudgetUse(
                row.getLocalDate("today"),
                row.getBigDecimal("spent_today"),
                row.getBigDecimal("spent_this_month"),
                row.getBigDecimal("reserved"));
    }

    public BigDecimal spent(BudgetWindow window) {
        return window == BudgetWindow.DAILY ? spentToday : spentThisMonth;
    }

    /** The same with more reserved. */
    public BudgetUse reserving(BigDecimal more) {
        return new BudgetUse(today, spentToday, spentThisMonth, reserved.add(more));
    }
}
