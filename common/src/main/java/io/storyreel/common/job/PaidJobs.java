package io.storyreel.common.job;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.batch.MicroBatch;
import io.storyreel.common.budget.BudgetLimits;
import io.storyreel.common.budget.BudgetSettings;
import io.storyreel.common.budget.BudgetStanding;
import io.storyreel.common.budget.BudgetUse;
import io.storyreel.common.job.Acceptance.Accepted;
import io.storyreel.common.job.Acceptance.AlreadyRendering;
import io.storyreel.common.job.Acceptance.OverBudget;
import io.storyreel.common.job.Acceptance.Unpriced;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Accepts jobs within the budgets of their workspaces. What a job may cost is reserved by the very statement that
 * inserts it, for as long as the job is active, so several instances and any number of calls cannot reserve more than
 * the limit. Jobs that cost nothing go the way without budgets and wait for nobody who pays.
 */
@ApplicationScoped
public class PaidJobs {
    private final Pool pool;
    private final JobStore store;
    private final BudgetLimits defaults;
    private final MicroBatch<NewJob, Acceptance> acceptances;

    public PaidJobs(Pool pool, JobStore store, BudgetSettings settings) {
        this.pool = pool;
        this.store = store;
        this.defaults = settings.limits();
        this.acceptances = StatementBatch.of("accepting paid jobs", this::acceptAll);
    }

    /** Writes the job if its project still is what was estimated and the budget admits it; else nothing is written. */
    public Uni<Acceptance> accept(NewJob job) {
        boolean free = job.costReserved() != null && job.costReserved().signum() == 0;
        return free ? store.accept(job) : acceptances.submit(job);
    }

    private Uni<List<Acceptance>> acceptAll(List<NewJob> jobs) {
        return acceptEach(jobs)
                .map(answers -> jobs.stream().map(job -> answers.get(job.id())).toList());
    }

    /**
     * A job that is being rendered already was counted before that was known. Those that did not fit beside it may fit
     * after all and are asked for again; each round leaves at least that one job behind.
     */
    private Uni<Map<UUID, Acceptance>> acceptEach(List<NewJob> jobs) {
        return statement(jobs).chain(answers -> {
            Set<UUID> miscounted = new HashSet<>();
            jobs.stream()
                    .filter(job -> answers.get(job.id()) instanceof AlreadyRendering)
                    .forEach(job -> miscounted.add(job.workspaceId()));
            List<NewJob> again = jobs.stream()
                    .filter(job -> miscounted.contains(job.workspaceId()))
                    .filter(job -> answers.get(job.id()) instanceof OverBudget)
                    .toList();
            if (again.isEmpty()) {
                return Uni.createFrom().item(answers);
            }
            return acceptEach(again).map(later -> {
                answers.putAll(later);
                return answers;
            });
        });
    }

    private Uni<Map<UUID, Acceptance>> statement(List<NewJob> jobs) {
        Tuple values = NewJobArrays.of(jobs).addValue(defaults.daily()).addValue(defaults.monthly());
        NewJobArrays.Statement statement =
                NewJobArrays.statement(jobs, AcceptanceSql.OF_PAID_JOBS, AcceptanceSql.OF_APPROVING_PAID_JOBS, values);
        return pool.preparedQuery(statement.sql()).execute(statement.values()).map(rows -> {
            Map<UUID, Row> byId = new HashMap<>();
            rows.forEach(row -> byId.put(row.getUUID("id"), row));
            Map<UUID, BigDecimal> reservedNow = reservedNow(jobs, byId);
            Map<UUID, Acceptance> answers = new HashMap<>();
            jobs.forEach(job -> answers.put(
                    job.id(),
                    acceptance(job, byId.get(job.id()), reservedNow.getOrDefault(job.workspaceId(), BigDecimal.ZERO))));
            return answers;
        });
    }

    /** What each workspace has reserved by this statement. */
    private static Map<UUID, BigDecimal> reservedNow(List<NewJob> jobs, Map<UUID, Row> rows) {
        Map<UUID, BigDecimal> reserved = new HashMap<>();
        jobs.stream()
                .filter(job -> job.costReserved() != null)
                .filter(job -> NewJobArrays.acceptance(rows.get(job.id())) instanceof Accepted)
                .forEach(job -> reserved.merge(job.workspaceId(), job.costReserved(), BigDecimal::add));
        return reserved;
    }

    private static Acceptance acceptance(NewJob job, Row row, BigDecimal reservedNow) {
        if (!Boolean.FALSE.equals(row.getBoolean("admitted"))) {
            return NewJobArrays.acceptance(row);
        }
        if (job.costReserved() == null) {
            return new Unpriced();
        }
        BudgetLimits limits = new BudgetLimits(row.getBigDecimal("daily_limit"), row.getBigDecimal("monthly_limit"));
        BudgetUse use = BudgetUse.of(row).reserving(reservedNow);
        return new OverBudget(new BudgetStanding(limits, use).shortage(job.costReserved()));
    }
}
