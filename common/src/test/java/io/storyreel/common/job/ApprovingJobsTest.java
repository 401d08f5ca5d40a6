package io.storyreel.common.job;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.budget.BudgetLimits;
import io.storyreel.common.budget.BudgetSettings;
import io.storyreel.common.budget.Budgets;
import io.storyreel.common.job.Acceptance.Accepted;
import io.storyreel.common.job.Acceptance.AlreadyRendering;
import io.storyreel.common.job.Acceptance.OverBudget;
import io.storyreel.common.job.Acceptance.ProjectChanged;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Renders that approve their project by being accepted. */
class ApprovingJobsTest {
    private static final BudgetSettings NO_LIMITS = new BudgetSettings() {
        @Override
        public Optional<BigDecimal> dailyLimit() {
            return Optional.empty();
        }

        @Override
        public Optional<BigDecimal> monthlyLimit() {
            return Optional.empty();
        }
    };

    private static RealPostgres postgres;
    private static PaidJobs jobs;
    private UUID project;

    @BeforeAll
    static void startPostgres() throws Exception {
        postgres = new RealPostgres();
        jobs = new PaidJobs(postgres.pool, new JobStore(postgres.pool), NO_LIMITS);
        done(new Budgets(postgres.pool, NO_LIMITS).limit(postgres.workspace, new BudgetLimits(BigDecimal.TEN, null)));
    }

    @AfterAll
    static void stopPostgres() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void aProjectThatIsNotApproved() {
        project = UUID.randomUUID();
        postgres.addProject(project, false);
    }

    @Test
    void approves_the_project_with_the_render() {
        for (String cost : List.of("0", "0.01")) {
            aProjectThatIsNotApproved();
            assertThat(accept(job(project, cost, false))).isInstanceOf(ProjectChanged.class);

            assertThat(accept(approving(cost))).isInstanceOf(Accepted.class);

            assertThat(row().getBoolean("approved")).isTrue();
            assertThat(row().getValue("approved_at")).isNotNull();
            assertThat(row().getInteger("version")).isEqualTo(1);
        }
    }

    @Test
    void leaves_the_project_alone_when_the_render_is_over_budget() {
        assertThat(accept(approving("11"))).isInstanceOf(OverBudget.class);
        assertUntouched();
    }

    @Test
    void leaves_the_project_alone_when_its_storyboard_is_another_by_now() {
        postgres.execute("update video_project set spec_digest = $2 where id = $1", Tuple.of(project, "1".repeat(64)));

        assertThat(accept(approving("0"))).isInstanceOf(ProjectChanged.class);
        assertThat(accept(approving("1"))).isInstanceOf(ProjectChanged.class);
        assertUntouched();
    }

    @Test
    void leaves_a_project_that_is_being_rendered_as_it_is() {
        accept(approving("0"));
        postgres.execute("update video_project set approved = false where id = $1", Tuple.of(project));

        assertThat(accept(approving("0"))).isInstanceOf(AlreadyRendering.class);
        assertThat(accept(approving("1"))).isInstanceOf(AlreadyRendering.class);
        assertThat(row().getBoolean("approved")).isFalse();
        assertThat(row().getInteger("version")).isEqualTo(1);
    }

    @Test
    void of_many_at_once_one_approves_and_the_others_approve_nothing() {
        UUID other = UUID.randomUUID();
        postgres.addProject(other, false);
        NewJob plain = job(other, "0", false);

        List<Uni<Acceptance>> calls = IntStream.range(0, 40)
                .mapToObj(i -> jobs.accept(i == 7 ? plain : approving(i % 2 == 0 ? "0" : "0.01")))
                .toList();
        List<Acceptance> answers = done(Uni.join().all(calls).andFailFast());

        assertThat(answers).filteredOn(Accepted.class::isInstance).hasSize(1);
        assertThat(answers.get(7)).isInstanceOf(ProjectChanged.class);
        assertThat(answers).filteredOn(AlreadyRendering.class::isInstance).hasSize(38);
        assertThat(row().getInteger("version")).isEqualTo(1);
        assertThat(postgres.count("select count(*) from video_project where approved and id = '" + other + "'"))
                .isZero();
    }

    private void assertUntouched() {
        assertThat(row().getBoolean("approved")).isFalse();
        assertThat(row().getInteger("version")).isZero();
    }

    private Row row() {
        return done(postgres.pool
                        .preparedQuery("select approved, approved_at, version from video_project where id = $1")
                        .execute(Tuple.of(project)))
                .iterator()
                .next();
    }

    private NewJob approving(String cost) {
        return job(project, cost, true);
    }

    private static NewJob job(UUID project, String cost, boolean approving) {
        BigDecimal amount = new BigDecimal(cost);
        return new NewJob(
                UUID.randomUUID(),
                postgres.workspace,
                project,
                RealPostgres.SPEC,
                "mock",
                List.of(),
                1,
                amount,
                amount,
                true,
                null,
                approving,
                JobPriority.NORMAL);
    }

    private static Acceptance accept(NewJob job) {
        return done(jobs.accept(job));
    }

    private static <T> T done(Uni<T> call) {
        return call.await().atMost(RealPostgres.LIMIT);
    }
}
