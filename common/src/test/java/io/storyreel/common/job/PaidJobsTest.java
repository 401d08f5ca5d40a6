package io.storyreel.common.job;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.budget.BudgetSettings;
import io.storyreel.common.budget.BudgetStanding;
import io.storyreel.common.budget.BudgetUse;
import io.storyreel.common.budget.BudgetWindow;
import io.storyreel.common.budget.Budgets;
import io.storyreel.common.job.Acceptance.Accepted;
import io.storyreel.common.job.Acceptance.AlreadyRendering;
import io.storyreel.common.job.Acceptance.OverBudget;
import io.storyreel.common.job.Acceptance.Unpriced;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class PaidJobsTest {
    private static RealPostgres postgres;
    private static JobStore store;
    private static Budgets budgets;

    /** As if on two instances of the API. */
    private static List<PaidJobs> instances;

    private UUID workspace;
    private UUID project;

    @BeforeAll
    static void startPostgres() throws Exception {
        postgres = new RealPostgres();
        store = new JobStore(postgres.pool);
        budgets = new Budgets(postgres.pool, limits(null, null));
        instances = Stream.generate(() -> new PaidJobs(postgres.pool, new JobStore(postgres.pool), limits(null, null)))
                .limit(2)
                .toList();
    }

    @AfterAll
    static void stopPostgres() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void useAWorkspaceOfItsOwn() {
        workspace = UUID.randomUUID();
        project = projectIn(workspace);
    }

    @Test
    void a_hundred_jobs_at_once_reserve_no_more_than_the_limit() {
        limit(workspace, "10", null);

        List<Acceptance> answers = allAtOnce(IntStream.range(0, 100)
                .mapToObj(i -> job(workspace, project, "1"))
                .toList());

        assertThat(answers).filteredOn(Accepted.class::isInstance).hasSize(10);
        assertThat(answers).filteredOn(OverBudget.class::isInstance).hasSize(90);
        assertThat(use(workspace).reserved()).isEqualByComparingTo("10");
    }

    @Test
    void a_millionth_too_much_is_refused_with_what_is_left() {
        limit(workspace, null, "1");
        accept(job(workspace, project, "0.4"));

        OverBudget refused = (OverBudget) accept(job(workspace, project, "0.600001"));

        assertThat(refused.shortage().window()).isEqualTo(BudgetWindow.MONTHLY);
        assertThat(refused.shortage().limit()).isEqualByComparingTo("1");
        assertThat(refused.shortage().left()).isEqualByComparingTo("0.6");
        assertThat(refused.shortage().needed()).isEqualByComparingTo("0.600001");
        assertThat(accept(job(workspace, project, "0.6"))).isInstanceOf(Accepted.class);
    }

    @Test
    void the_limits_of_the_configuration_hold_for_workspaces_without_their_own() {
        PaidJobs limited = new PaidJobs(postgres.pool, store, limits("1", null));

        assertThat(done(limited.accept(job(workspace, project, "2")))).isInstanceOf(OverBudget.class);
        limit(workspace, null, null);
        assertThat(done(limited.accept(job(workspace, project, "2")))).isInstanceOf(Accepted.class);
    }

    @Test
    void a_job_whose_cost_nobody_knows_is_accepted_only_where_there_is_no_limit() {
        limit(workspace, null, "1000");
        UUID unlimited = UUID.randomUUID();

        List<Acceptance> answers = allAtOnce(List.of(
                job(workspace, project, null),
                job(workspace, project, "1"),
                job(unlimited, projectIn(unlimited), null),
                job(workspace, project, "1")));

        assertThat(answers.get(0)).isInstanceOf(Unpriced.class);
        assertThat(answers.subList(1, 4)).allMatch(Accepted.class::isInstance);
        assertThat(use(workspace).reserved()).isEqualByComparingTo("2");
        assertThat(use(unlimited).reserved()).isZero();
    }

    @Test
    void a_dear_job_that_does_not_fit_takes_no_room_from_a_cheap_one_sent_with_it() {
        limit(workspace, "10", null);
        List<NewJob> mixed = new ArrayList<>();
        IntStream.range(0, 20)
                .forEach(i -> Stream.of("11", "0.5").forEach(cost -> mixed.add(job(workspace, project, cost))));

        List<Acceptance> answers = allAtOnce(mixed);

        assertThat(answers).filteredOn(Accepted.class::isInstance).hasSize(20);
        assertThat(use(workspace).reserved()).isEqualByComparingTo("10");
    }

    @Test
    void a_job_whose_project_is_being_rendered_takes_no_room_from_another() {
        limit(workspace, "3", null);
        accept(exclusive(project, "1"));
        List<NewJob> sent = new ArrayList<>();
        IntStream.range(0, 30).forEach(i -> sent.add(exclusive(project, "1")));
        IntStream.range(0, 2).forEach(i -> sent.add(exclusive(projectIn(workspace), "1")));

        List<Acceptance> answers = allAtOnce(sent);

        assertThat(answers.subList(0, 30))
                .allMatch(answer -> answer instanceof AlreadyRendering || answer instanceof OverBudget);
        assertThat(answers.subList(30, 32)).allMatch(Accepted.class::isInstance);
    }

    @Test
    void statements_over_the_same_workspaces_do_not_wait_for_each_other_in_a_circle() {
        List<UUID> workspaces = Stream.generate(UUID::randomUUID).limit(8).toList();
        List<NewJob> sent = new ArrayList<>();
        for (UUID one : workspaces) {
            limit(one, "20", null);
            UUID itsProject = projectIn(one);
            IntStream.range(0, 50).forEach(i -> sent.add(job(one, itsProject, "1")));
        }
        Collections.shuffle(sent, new Random(3));

        List<Acceptance> answers = allAtOnce(sent);

        assertThat(answers).filteredOn(Accepted.class::isInstance).hasSize(8 * 20);
        assertThat(workspaces).allSatisfy(one -> assertThat(use(one).reserved()).isEqualByComparingTo("20"));
    }

    @Test
    void only_paid_jobs_of_limited_workspaces_wait_for_each_other() {
        limit(workspace, "5", null);
        UUID unlimited = UUID.randomUUID();
        UUID itsProject = projectIn(unlimited);
        SqlConnection other = postgres.pool.getConnectionAndAwait();
        var transaction = other.beginAndAwait();
        other.preparedQuery("select budget_use($1, true), budget_use($2, true)")
                .executeAndAwait(Tuple.of(workspace, unlimited));
        var waiting = instances.get(0).accept(job(workspace, project, "1")).subscribeAsCompletionStage();

        assertThat(accept(job(workspace, project, "0"))).isInstanceOf(Accepted.class);
        assertThat(done(instances.get(1).accept(job(unlimited, itsProject, "1"))))
                .isInstanceOf(Accepted.class);
        untilOneWaits();
        assertThat(waiting).isNotDone();

        transaction.commitAndAwait();
        other.closeAndAwait();
        await().atMost(RealPostgres.LIMIT).until(waiting::isDone);
        assertThat(waiting.join()).isInstanceOf(Accepted.class);
    }

    @Test
    void a_job_that_had_to_wait_sees_what_was_reserved_meanwhile() {
        limit(workspace, "5", null);
        SqlConnection other = postgres.pool.getConnectionAndAwait();
        var transaction = other.beginAndAwait();
        other.preparedQuery("select budget_use($1, true)").executeAndAwait(Tuple.of(workspace));
        var waiting = instances.get(0).accept(job(workspace, project, "1")).subscribeAsCompletionStage();
        untilOneWaits();
        other.preparedQuery(AcceptanceSql.OF_FREE_JOBS)
                .executeAndAwait(NewJobArrays.of(List.of(job(workspace, project, "4.5"))));
        transaction.commitAndAwait();
        other.closeAndAwait();

        await().atMost(RealPostgres.LIMIT).until(waiting::isDone);
        OverBudget refused = (OverBudget) waiting.join();
        assertThat(refused.shortage().left()).isEqualByComparingTo("0.5");
    }

    private static void untilOneWaits() {
        await().atMost(RealPostgres.LIMIT)
                .until(() -> postgres.count("select count(*) from pg_locks where locktype = 'advisory' and not granted")
                        == 1);
    }

    @Test
    void what_was_charged_moves_from_reserved_to_spent() {
        NewJob job = job(workspace, project, "3");
        accept(job);
        charge(job, 1, "1.25", "clock_timestamp()");

        assertThat(use(workspace).reserved()).isEqualByComparingTo("1.75");
        assertThat(use(workspace).spentToday()).isEqualByComparingTo("1.25");

        done(store.cancel(workspace, job.id()));

        assertThat(use(workspace).reserved()).isZero();
        assertThat(use(workspace).spentToday()).isEqualByComparingTo("1.25");
        assertThat(done(store.find(workspace, job.id())).costActual()).isEqualByComparingTo("1.25");
    }

    @Test
    void what_may_still_be_charged_after_the_job_has_ended_stays_reserved() {
        NewJob job = job(workspace, project, "3");
        accept(job);
        postgres.execute(
                "insert into provider_task (job_id, workspace_id, purpose, scene, attempt, provider, digest, state,"
                        + " cost_estimated) values ($1, $2, 'clip', 1, 1, 'vendor', 'd', 'running', 1)",
                Tuple.of(job.id(), workspace));

        done(store.cancel(workspace, job.id()));
        assertThat(use(workspace).reserved()).isEqualByComparingTo("1");

        postgres.execute(
                "update provider_task set state = 'succeeded', cost_actual = 0.75, look_at = null,"
                        + " ended_at = clock_timestamp() where job_id = $1",
                Tuple.of(job.id()));
        assertThat(use(workspace).reserved()).isZero();
        assertThat(use(workspace).spentToday()).isEqualByComparingTo("0.75");
    }

    @Test
    void a_job_that_costs_more_than_estimated_has_nothing_reserved_any_more() {
        NewJob job = job(workspace, project, "1");
        accept(job);
        charge(job, 1, "1.5", "clock_timestamp()");

        assertThat(use(workspace).reserved()).isZero();
        assertThat(use(workspace).spentToday()).isEqualByComparingTo("1.5");
    }

    @Test
    void what_was_charged_beyond_the_reservation_is_not_left_for_later_jobs() {
        limit(workspace, "2", "5");
        NewJob job = job(workspace, project, "1");
        accept(job);
        charge(job, 1, "1.75", "clock_timestamp()");

        OverBudget refused = (OverBudget) accept(job(workspace, project, "0.3"));
        assertThat(refused.shortage().left()).isEqualByComparingTo("0.25");
        done(store.cancel(workspace, job.id()));
        assertThat(accept(job(workspace, project, "0.3"))).isInstanceOf(OverBudget.class);
        assertThat(accept(job(workspace, project, "0.25"))).isInstanceOf(Accepted.class);

        charge(job, 2, "7", "clock_timestamp()");
        assertThat(accept(job(workspace, project, "0.000001"))).isInstanceOf(OverBudget.class);
        assertThat(done(budgets.standing(workspace)).left(BudgetWindow.MONTHLY)).isZero();
    }

    @Test
    void what_a_job_has_ordered_stays_reserved_whatever_it_was_charged_before() {
        NewJob job = job(workspace, project, "1");
        accept(job);
        charge(job, 1, "0.75", "clock_timestamp()");
        order(job, 2, "0.5");

        assertThat(use(workspace).reserved()).isEqualByComparingTo("0.5");

        charge(job, 3, "2", "clock_timestamp()");
        assertThat(use(workspace).reserved()).isEqualByComparingTo("0.5");
    }

    @Test
    void reserves_what_a_job_may_cost_and_not_what_it_is_expected_to() {
        limit(workspace, "1", null);
        NewJob cheap = job(workspace, project, "0");
        NewJob perhaps = new NewJob(
                cheap.id(),
                workspace,
                project,
                cheap.specDigest(),
                cheap.provider(),
                List.of(),
                1,
                BigDecimal.ZERO,
                new BigDecimal("0.75"),
                false,
                null,
                false,
                JobPriority.NORMAL);

        assertThat(accept(perhaps)).isInstanceOf(Accepted.class);

        assertThat(use(workspace).reserved()).isEqualByComparingTo("0.75");
        assertThat(done(store.find(workspace, perhaps.id())).costEstimated()).isZero();
        assertThat(accept(job(workspace, project, "0.5"))).isInstanceOf(OverBudget.class);
    }

    @Test
    void a_charge_counts_on_the_day_it_was_made_and_a_reservation_today() {
        NewJob job = job(workspace, project, "10");
        accept(job);
        postgres.execute(
                "update job set created_at = created_at - interval '40 days' where id = $1", Tuple.of(job.id()));
        String midnight = "date_trunc('day', clock_timestamp() at time zone 'UTC') at time zone 'UTC'";
        String month = "date_trunc('month', clock_timestamp() at time zone 'UTC') at time zone 'UTC'";
        charge(job, 1, "1", midnight + " - interval '1 microsecond'");
        charge(job, 2, "2", midnight);
        charge(job, 3, "4", month + " - interval '1 microsecond'");

        BudgetUse use = use(workspace);

        boolean firstOfMonth = use.today().getDayOfMonth() == 1;
        assertThat(use.spentToday()).isEqualByComparingTo("2");
        assertThat(use.spentThisMonth()).isEqualByComparingTo(firstOfMonth ? "2" : "3");
        assertThat(use.reserved()).isEqualByComparingTo("3");
    }

    @Test
    void however_jobs_end_nothing_stays_reserved() {
        limit(workspace, "25", null);
        UUID worker = UUID.randomUUID();
        done(new WorkerLeases(postgres.pool).join(worker, "test", Duration.ofMinutes(5)));
        var random = new Random(20_261_121);
        List<NewJob> active = new ArrayList<>();
        for (int step = 0; step < 300; step++) {
            if (active.isEmpty() || random.nextInt(3) == 0) {
                NewJob job = job(workspace, project, "0." + (1 + random.nextInt(999_999)));
                if (accept(job) instanceof Accepted) {
                    active.add(job);
                }
            } else {
                NewJob job = active.remove(random.nextInt(active.size()));
                active.addAll(goOn(job, worker, random));
            }
            BudgetStanding standing = done(budgets.standing(workspace));
            assertThat(standing.use().reserved())
                    .as("reserved after step %d", step)
                    .isEqualByComparingTo(active.stream().map(this::unspent).reduce(BigDecimal.ZERO, BigDecimal::add));
        }
        active.forEach(job -> done(store.cancel(workspace, job.id())));
        done(store.claim(active.stream().map(NewJob::id).toList(), worker));
        postgres.execute("update worker_lease set alive_until = clock_timestamp()", Tuple.tuple());
        done(store.takeOver(500, 0));

        assertThat(use(workspace).reserved()).isZero();
        assertThat(postgres.count("select count(*) from job where workspace_id = '" + workspace
                        + "' and status in ('pending', 'processing')"))
                .isZero();
    }

    /** Charges and ends the job in one of the ways there are; answers it if it is still active. */
    private List<NewJob> goOn(NewJob job, UUID worker, Random random) {
        var claims = done(store.claim(List.of(job.id()), worker));
        if (claims.isEmpty()) {
            done(store.cancel(workspace, job.id()));
            return List.of();
        }
        Lease lease = claims.get(0).job().lease();
        if (random.nextBoolean()) {
            charge(job, 1 + random.nextInt(1_000_000), "0.2", "clock_timestamp()");
        }
        JobChange change =
                switch (random.nextInt(5)) {
                    case 0 -> JobChange.completed("Done", "{}", BigDecimal.ONE);
                    case 1 -> JobChange.failed("broken", "It broke", BigDecimal.ZERO);
                    case 2 -> JobChange.canceled(BigDecimal.ZERO);
                    case 3 -> JobChange.retryAfter(Duration.ZERO, "passing", "Again");
                    default -> JobChange.handBack();
                };
        done(store.advance(lease, change));
        return change.status() == JobStatus.PENDING ? List.of(job) : List.of();
    }

    private BigDecimal unspent(NewJob job) {
        BigDecimal charged = postgres.pool
                .preparedQuery("select coalesce(sum(cost_actual), 0) from provider_task where job_id = $1")
                .executeAndAwait(Tuple.of(job.id()))
                .iterator()
                .next()
                .getBigDecimal(0);
        return job.costEstimated().subtract(charged).max(BigDecimal.ZERO);
    }

    private static void charge(NewJob job, int scene, String cost, String when) {
        postgres.execute(
                "insert into provider_task (job_id, workspace_id, purpose, scene, attempt, provider, digest, state,"
                        + " cost_actual, ended_at) values ($1, $2, 'clip', $3, 1, 'vendor', 'd', 'succeeded', $4, "
                        + when + ") on conflict do nothing",
                Tuple.of(job.id(), job.workspaceId(), scene, new BigDecimal(cost)));
    }

    private static void order(NewJob job, int scene, String cost) {
        postgres.execute(
                "insert into provider_task (job_id, workspace_id, purpose, scene, attempt, provider, digest, state,"
                        + " cost_estimated) values ($1, $2, 'clip', $3, 1, 'vendor', 'd', 'running', $4)",
                Tuple.of(job.id(), job.workspaceId(), scene, new BigDecimal(cost)));
    }

    private List<Acceptance> allAtOnce(List<NewJob> jobs) {
        List<Uni<Acceptance>> calls = IntStream.range(0, jobs.size())
                .mapToObj(i -> instances.get(i % 2).accept(jobs.get(i)))
                .toList();
        return done(Uni.join().all(calls).andFailFast());
    }

    private static Acceptance accept(NewJob job) {
        return done(instances.get(0).accept(job));
    }

    private static NewJob job(UUID workspace, UUID project, String cost) {
        return newJob(workspace, project, cost, false);
    }

    private NewJob exclusive(UUID ofProject, String cost) {
        return newJob(workspace, ofProject, cost, true);
    }

    private static NewJob newJob(UUID workspace, UUID project, String cost, boolean exclusive) {
        BigDecimal amount = cost == null ? null : new BigDecimal(cost);
        return new NewJob(
                UUID.randomUUID(),
                workspace,
                project,
                RealPostgres.SPEC,
                "vendor",
                List.of(),
                1,
                amount,
                amount,
                exclusive,
                null,
                false,
                JobPriority.NORMAL);
    }

    private static UUID projectIn(UUID workspace) {
        UUID project = UUID.randomUUID();
        postgres.execute(
                "insert into video_project (id, workspace_id, title, storyboard, spec_digest, approved)"
                        + " values ($1, $2, 'a film', '{}', $3, true)",
                Tuple.of(project, workspace, RealPostgres.SPEC));
        return project;
    }

    private static void limit(UUID workspace, String daily, String monthly) {
        done(budgets.limit(workspace, limits(daily, monthly).limits()));
    }

    private static BudgetUse use(UUID workspace) {
        return done(budgets.standing(workspace)).use();
    }

    private static BudgetSettings limits(String daily, String monthly) {
        return new BudgetSettings() {
            @Override
            public Optional<BigDecimal> dailyLimit() {
                return Optional.ofNullable(daily).map(BigDecimal::new);
            }

            @Override
            public Optional<BigDecimal> monthlyLimit() {
                return Optional.ofNullable(monthly).map(BigDecimal::new);
            }
        };
    }

    private static <T> T done(Uni<T> uni) {
        return uni.await().atMost(RealPostgres.LIMIT);
    }
}
