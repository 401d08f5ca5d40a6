package io.storyreel.common.job;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.budget.BudgetSettings;
import io.storyreel.common.job.Acceptance.Accepted;
import io.storyreel.common.job.Acceptance.OverBudget;
import io.storyreel.common.job.Acceptance.ProjectChanged;
import io.storyreel.common.job.Acceptance.UnderWay;
import io.vertx.mutiny.sqlclient.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class ProjectJobsTest {
    private static final String INPUT = "{\"prompt\": \"a harbour\"}";

    private static RealPostgres postgres;
    private static JobStore store;

    private UUID workspace;
    private UUID project;

    @BeforeAll
    static void startPostgres() throws Exception {
        postgres = new RealPostgres();
        store = new JobStore(postgres.pool);
    }

    @AfterAll
    static void stopPostgres() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void makeAProject() {
        workspace = UUID.randomUUID();
        project = UUID.randomUUID();
        postgres.execute(
                "insert into video_project (id, workspace_id, title, storyboard, spec_digest)"
                        + " values ($1, $2, 'a film', '{}', $3)",
                Tuple.of(project, workspace, RealPostgres.SPEC));
    }

    @Test
    void a_worker_is_told_what_to_do() {
        ProjectJob job = job("scene 1", "0");
        assertThat(accept(null, job)).isInstanceOf(Accepted.class);
        UUID worker = UUID.randomUUID();
        done(new WorkerLeases(postgres.pool).join(worker, "test", Duration.ofMinutes(5)));

        ClaimedJob claimed = done(store.claim(List.of(job.id()), worker)).get(0).job();

        assertThat(claimed.kind()).isEqualTo(JobKind.SCENE_IMAGE);
        assertThat(claimed.input()).isEqualTo("{\"prompt\":\"a harbour\"}");
        assertThat(done(store.eventsAfter(job.id(), 0)))
                .extracting(JobEvent::message)
                .startsWith("Waiting for a picture");
    }

    @Test
    void the_same_work_is_done_once_however_often_it_is_asked_for() {
        List<ProjectJob> jobs =
                IntStream.range(0, 20).mapToObj(i -> job("scene 1", "0")).toList();
        List<Uni<Acceptance>> calls =
                jobs.stream().map(job -> jobs(null).accept(postgres.pool, job)).toList();

        List<Acceptance> answers = done(Uni.join().all(calls).andFailFast());

        assertThat(answers).filteredOn(Accepted.class::isInstance).hasSize(1);
        UUID first = jobs.get(IntStream.range(0, 20)
                        .filter(i -> answers.get(i) instanceof Accepted)
                        .findFirst()
                        .orElseThrow())
                .id();
        assertThat(answers).filteredOn(UnderWay.class::isInstance).hasSize(19).containsOnly(new UnderWay(first));
        assertThat(accept(null, job("scene 2", "0"))).isInstanceOf(Accepted.class);
    }

    @Test
    void work_that_has_ended_can_be_done_again() {
        ProjectJob job = job("scene 1", "0");
        accept(null, job);
        done(store.cancel(workspace, job.id()));

        assertThat(accept(null, job("scene 1", "0"))).isInstanceOf(Accepted.class);
    }

    @Test
    void is_refused_when_it_does_not_fit_into_the_budget() {
        assertThat(accept("0.05", job("scene 1", "0.04"))).isInstanceOf(Accepted.class);

        OverBudget refused = (OverBudget) accept("0.05", job("scene 2", "0.02"));

        assertThat(refused.shortage().left()).isEqualByComparingTo("0.01");
        assertThat(accept("0.05", job("scene 2", "0.01"))).isInstanceOf(Accepted.class);
        assertThat(accept("0.05", job("scene 3", "0"))).isInstanceOf(Accepted.class);
    }

    @Test
    void nothing_is_done_for_a_project_that_is_not_there() {
        postgres.execute("delete from video_project where id = $1", Tuple.of(project));

        assertThat(accept(null, job("scene 1", "0"))).isInstanceOf(ProjectChanged.class);
    }

    @Test
    void a_transaction_that_fails_leaves_no_job_behind() {
        ProjectJob job = job("scene 1", "0");

        Uni<Object> transaction = postgres.pool.withTransaction(
                connection -> jobs(null).accept(connection, job).chain(() -> Uni.createFrom()
                        .failure(new IllegalStateException("it broke"))));

        assertThat(done(transaction.onFailure().recoverWithItem("broken"))).isEqualTo("broken");
        assertThat(done(store.find(workspace, job.id()))).isNull();
    }

    private Acceptance accept(String dailyLimit, ProjectJob job) {
        return done(jobs(dailyLimit).accept(postgres.pool, job));
    }

    private static ProjectJobs jobs(String dailyLimit) {
        return new ProjectJobs(new BudgetSettings() {
            @Override
            public Optional<BigDecimal> dailyLimit() {
                return Optional.ofNullable(dailyLimit).map(BigDecimal::new);
            }

            @Override
            public Optional<BigDecimal> monthlyLimit() {
                return Optional.empty();
            }
        });
    }

    private ProjectJob job(String subject, String cost) {
        return new ProjectJob(
                UUID.randomUUID(),
                JobKind.SCENE_IMAGE,
                workspace,
                project,
                RealPostgres.SPEC,
                "vendor",
                subject,
                INPUT,
                "Waiting for a picture",
                new BigDecimal(cost),
                null);
    }

    private static <T> T done(Uni<T> uni) {
        return uni.await().atMost(RealPostgres.LIMIT);
    }
}
