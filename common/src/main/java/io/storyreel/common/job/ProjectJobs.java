package io.storyreel.common.job;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.budget.BudgetLimits;
import io.storyreel.common.budget.BudgetSettings;
import io.storyreel.common.budget.BudgetStanding;
import io.storyreel.common.budget.BudgetUse;
import io.storyreel.common.job.Acceptance.Accepted;
import io.storyreel.common.job.Acceptance.OverBudget;
import io.storyreel.common.job.Acceptance.ProjectChanged;
import io.storyreel.common.job.Acceptance.UnderWay;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Accepts work on projects that is not a render, one statement for each, in the caller's transaction if there is one:
 * whatever else must be true of the project is then true of the job.
 */
@ApplicationScoped
public class ProjectJobs {
    /** The job that was in the way may end at the very moment it is looked for. */
    private static final int MOST_LOOKS = 3;

    private final BudgetLimits defaults;

    public ProjectJobs(BudgetSettings settings) {
        this.defaults = settings.limits();
    }

    /**
     * Writes the job if its project exists, nobody is at the same work and the budget admits it; else nothing is
     * written. It is not rung for: that is for the caller to do, after the commit.
     */
    public Uni<Acceptance> accept(SqlClient database, ProjectJob job) {
        return accept(database, job, MOST_LOOKS);
    }

    private Uni<Acceptance> accept(SqlClient database, ProjectJob job, int looks) {
        Tuple values = Tuple.tuple()
                .addValue(job.id())
                .addValue(job.kind().wireName())
                .addValue(job.workspaceId())
                .addValue(job.projectId())
                .addValue(job.specDigest())
                .addValue(job.provider())
                .addValue(job.subject())
                .addValue(job.input())
                .addValue(job.message())
                .addValue(job.costEstimated())
                .addValue(job.traceparent())
                .addValue(defaults.daily())
                .addValue(defaults.monthly());
        return database.preparedQuery(AcceptanceSql.OF_PROJECT_JOB)
                .execute(values)
                .chain(rows -> {
                    Acceptance answer = acceptance(job, rows.iterator().next());
                    return answer == null
                            ? besides(database, job, looks)
                            : Uni.createFrom().item(answer);
                });
    }

    /** @return null if somebody is at the same work */
    private static Acceptance acceptance(ProjectJob job, Row row) {
        if (row.getValue("created_at") != null) {
            return new Accepted(JobRows.instant(row, "created_at"));
        }
        if (!row.getBoolean("known")) {
            return new ProjectChanged();
        }
        if (row.getBoolean("admitted")) {
            return null;
        }
        var limits = new BudgetLimits(row.getBigDecimal("daily_limit"), row.getBigDecimal("monthly_limit"));
        return new OverBudget(new BudgetStanding(limits, BudgetUse.of(row)).shortage(job.costEstimated()));
    }

    private Uni<Acceptance> besides(SqlClient database, ProjectJob job, int looks) {
        Tuple subject = Tuple.of(job.projectId(), job.kind().wireName(), job.subject());
        return database.preparedQuery(AcceptanceSql.ACTIVE_OF_SUBJECT)
                .execute(subject)
                .chain(rows -> {
                    if (rows.size() > 0) {
                        return Uni.createFrom()
                                .item(new UnderWay(rows.iterator().next().getUUID("id")));
                    }
                    return looks > 1
                            ? accept(database, job, looks - 1)
                            : Uni.createFrom()
                                    .failure(new IllegalStateException(
                                            "a job was in the way and could not be found: project=" + job.projectId()
                                                    + " kind=" + job.kind().wireName()));
                });
    }
}
