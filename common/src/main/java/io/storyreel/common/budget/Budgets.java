package io.storyreel.common.budget;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.UUID;

/** The limits of workspaces, and what is left of them. */
@ApplicationScoped
public class Budgets {
    private static final String READ =
            """
            select b.workspace_id is not null as own, b.daily_limit, b.monthly_limit, u.*
            from budget_use($1, false) u left join budget b on b.workspace_id = $1
            """;

    private static final String WRITE =
            """
            insert into budget (workspace_id, daily_limit, monthly_limit) values ($1, $2, $3)
            on conflict (workspace_id) do update set daily_limit = excluded.daily_limit,
                monthly_limit = excluded.monthly_limit, updated_at = clock_timestamp()
            """;

    private final Pool pool;
    private final BudgetLimits defaults;

    public Budgets(Pool pool, BudgetSettings settings) {
        this.pool = pool;
        this.defaults = settings.limits();
    }

    public Uni<BudgetStanding> standing(UUID workspace) {
        return pool.preparedQuery(READ)
                .execute(Tuple.of(workspace))
                .map(rows -> standing(rows.iterator().next()));
    }

    /** Holds for whatever is accepted from now on; what is reserved already stays so. */
    public Uni<BudgetStanding> limit(UUID workspace, BudgetLimits limits) {
        return pool.preparedQuery(WRITE)
                .execute(Tuple.of(workspace, limits.daily(), limits.monthly()))
                .chain(() -> standing(workspace));
    }

    private BudgetStanding standing(Row row) {
        BudgetLimits limits = row.getBoolean("own")
                ? new BudgetLimits(row.getBigDecimal("daily_limit"), row.getBigDecimal("monthly_limit"))
                : defaults;
        return new BudgetStanding(limits, BudgetUse.of(row));
    }
}
