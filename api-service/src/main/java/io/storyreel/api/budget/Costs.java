package io.storyreel.api.budget;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** What a workspace was charged, as the ledger has it. */
@ApplicationScoped
class Costs {
    private static final String CHARGES =
            """
            select (ended_at at time zone 'UTC')::date as day, provider, sum(cost) as cost, sum(possible) as possible,
                count(*) filter (where cost > 0) as purchases
            from (select ended_at, provider, cost_actual as cost, 0 as possible from provider_task
                  where workspace_id = $1 and cost_actual > 0 and ended_at >= $2 and ended_at < $3
                  union all
                  select ended_at, provider, 0, cost_possible from provider_task
                  where workspace_id = $1 and cost_possible > 0 and ended_at >= $2 and ended_at < $3) charge
            group by 1, 2 order by 1, 2
            """;

    /** By the day they were accepted, because that is what jobs are sorted by; nothing else would write an index. */
    private static final String FREE_RENDERS =
            """
            select count(*) from job
            where workspace_id = $1 and created_at >= $2 and created_at < $3
                and kind = 'render' and status = 'completed' and coalesce(cost_actual, 0) = 0
            """;

    private final Pool pool;

    /**
     * What one provider charged on one day, in USD, exact.
     *
     * @param possible what it may have charged besides
     */
    record Charge(LocalDate day, String provider, BigDecimal cost, BigDecimal possible, long purchases) {}

    Costs(Pool pool) {
        this.pool = pool;
    }

    /** By day, then by provider. */
    Uni<List<Charge>> charges(UUID workspace, CostPeriod period) {
        return pool.preparedQuery(CHARGES)
                .execute(Tuple.of(workspace, period.start(), period.end()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Charge(
                                row.getLocalDate("day"),
                                row.getString("provider"),
                                row.getBigDecimal("cost"),
                                row.getBigDecimal("possible"),
                                row.getLong("purchases")))
                        .toList());
    }

    /** How many renders accepted in the period were completed without a charge. */
    Uni<Long> freeRenders(UUID workspace, CostPeriod period) {
        return pool.preparedQuery(FREE_RENDERS)
                .execute(Tuple.of(workspace, period.start(), period.end()))
                .map(rows -> rows.iterator().next().getLong(0));
    }
}
