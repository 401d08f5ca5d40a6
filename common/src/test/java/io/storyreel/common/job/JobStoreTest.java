package io.storyreel.common.job;

import com.github.f4b6a3.uuid.UuidCreator;
import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.Acceptance.Accepted;
import io.storyreel.common.job.Acceptance.AlreadyRendering;
import io.storyreel.common.job.Acceptance.ProjectChanged;
import io.storyreel.common.job.ClaimedJob.Claim;
import io.storyreel.common.job.JobEvent.Type;
import io.vertx.mutiny.sqlclient.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JobStoreTest {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static RealPostgres postgres;
    private static JobStore store;
    private static WorkerLeases workers;
    private UUID worker;

    @BeforeAll
    static void startPostgres() throws Exception {
        postgres = new RealPostgres();
        store = new JobStore(postgres.pool);
        workers = new WorkerLeases(postgres.pool);
    }

    @AfterAll
    static void stopPostgres() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void joinAsWorker() {
        postgres.execute("truncate job, job_event, job_step, worker_lease", Tuple.tuple());
        worker = UUID.randomUUID();
        done(workers.join(worker, "test", LEASE));
    }

    @Test
    void accepts_a_job_with_its_first_event() {
        NewJob job = newJob(true);

        assertThat(done(store.accept(job))).isInstanceOf(Accepted.class);

        JobView view = done(store.find(postgres.workspace, job.id()));
        assertThat(view.status()).isEqualTo(JobStatus.PENDING);
        assertThat(view.costEstimated()).isEqualByComparingTo("0.123456");
        assertThat(seqs(job.id())).containsExactly(1);
    }

    @Test
    void accepts_one_active_render_a_project_however_many_come_at_once() {
        List<Acceptance> answers = allAtOnce(20, true);

        assertThat(answers).filteredOn(Accepted.class::isInstance).hasSize(1);
        assertThat(answers).filteredOn(AlreadyRendering.class::isInstance).hasSize(19);
    }

    @Test
    void accepts_many_active_renders_where_they_are_allowed() {
        assertThat(allAtOnce(50, false)).allMatch(Accepted.class::isInstance);
        assertThat(postgres.count("select count(*) from job")).isEqualTo(50);
        assertThat(postgres.count("select count(*) from job_event")).isEqualTo(50);
    }

    @Test
    void refuses_a_job_whose_project_changed_since_it_was_estimated() {
        NewJob stale = new NewJob(
                UUID.randomUUID(),
                postgres.workspace,
                postgres.project,
                "1".repeat(64),
                "mock",
                List.of(),
                1,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                true,
                null,
                false,
                JobPriority.NORMAL);

        assertThat(done(store.accept(stale))).isInstanceOf(ProjectChanged.class);
        assertThat(postgres.count("select count(*) from job")).isZero();
    }

    @Test
    void another_workspace_does_not_see_the_job() {
        NewJob job = accepted();

        assertThat(done(store.find(UUID.randomUUID(), job.id()))).isNull();
    }

    @Test
    void a_job_is_claimed_once() {
        NewJob job = accepted();

        assertThat(claim(job)).hasSize(1);
        assertThat(claim(job)).isEmpty();
    }

    @Test
    void a_worker_whose_lease_ran_out_claims_nothing() {
        NewJob job = accepted();
        UUID dead = UUID.randomUUID();
        done(workers.join(dead, "dead", Duration.ofMillis(-1)));

        assertThat(done(store.claim(List.of(job.id()), dead))).isEmpty();
    }

    @Test
    void progress_never_falls() {
        Lease lease = claimed().lease();
        done(store.advance(lease, JobChange.progress(60, "animate", "Scene 2")));

        JobEvent later = done(store.advance(lease, JobChange.progress(30, "animate", "Scene 1")));

        assertThat(later.progress()).isEqualTo(60);
        assertThat(later.message()).isEqualTo("Scene 1");
    }

    @Test
    void events_are_numbered_without_gaps_even_when_they_come_at_once() {
        ClaimedJob job = claimed();
        List<Uni<JobEvent>> changes = IntStream.range(0, 30)
                .mapToObj(i -> store.advance(job.lease(), JobChange.progress(i, "animate", "step " + i)))
                .toList();

        done(Uni.join().all(changes).andFailFast());

        assertThat(seqs(job.id()))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 32).boxed().toList());
    }

    @Test
    void a_worker_that_lost_its_lease_cannot_write() {
        ClaimedJob job = claimed();
        killWorker();
        done(store.takeOver(10, 5));

        assertThatThrownBy(() -> done(store.advance(job.lease(), JobChange.completed("done", "{}", BigDecimal.ZERO))))
                .isInstanceOf(LeaseLostException.class);
        assertThat(view(job.id()).status()).isEqualTo(JobStatus.PENDING);
    }

    @Test
    void a_job_taken_over_is_claimed_by_the_next_worker_with_its_finished_steps() {
        ClaimedJob job = claimed();
        done(store.advance(
                job.lease(), JobChange.progress(10, "prepare", "ready").finishing("prepare", "{\"a\":1}")));
        killWorker();

        assertThat(done(store.takeOver(10, 5))).extracting(JobEvent::type).containsExactly(Type.WAITING);

        joinAgain();
        ClaimedJob again = done(store.claim(List.of(job.id()), worker)).get(0).job();
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(done(store.steps(job.id()))).containsEntry("prepare", "{\"a\": 1}");
    }

    @Test
    void a_job_that_lost_too_many_workers_fails() {
        ClaimedJob job = claimed();
        killWorker();

        done(store.takeOver(10, 0));

        assertThat(view(job.id()).status()).isEqualTo(JobStatus.FAILED);
        assertThat(view(job.id()).errorCode()).isEqualTo("worker_lost");
    }

    @Test
    void jobs_of_living_workers_are_left_alone() {
        claimed();

        assertThat(done(store.takeOver(10, 5))).isEmpty();
    }

    @Test
    void a_retry_is_not_claimed_before_its_time() {
        ClaimedJob job = claimed();
        done(store.advance(job.lease(), JobChange.retryAfter(Duration.ofHours(1), "provider_down", "Away")));

        assertThat(done(store.claim(List.of(job.id()), worker))).isEmpty();
        assertThat(done(store.dueForRinging(10))).isEmpty();
        assertThat(view(job.id()).waitingReason()).isEqualTo("retry");
    }

    @Test
    void a_job_that_nobody_claimed_is_rung_for_again_but_ever_more_rarely() {
        NewJob job = accepted();
        postgres.execute("update job set ring_at = clock_timestamp()", Tuple.tuple());

        assertThat(done(store.dueForRinging(10))).extracting(WaitingJob::id).containsExactly(job.id());
        assertThat(done(store.dueForRinging(10))).isEmpty();
    }

    @Test
    void jobs_are_rung_for_in_the_order_of_their_priorities_and_then_of_their_age() {
        List<NewJob> jobs = Stream.of(JobPriority.LOW, JobPriority.NORMAL, JobPriority.NORMAL, JobPriority.HIGH)
                .map(priority -> newJob(false, priority))
                .toList();
        jobs.forEach(job -> assertThat(done(store.accept(job))).isInstanceOf(Accepted.class));
        List<UUID> expected =
                Stream.of(3, 1, 2, 0).map(index -> jobs.get(index).id()).toList();
        // As after Redis lost everything: the least urgent has been due for the longest time.
        postgres.execute(
                "update job set ring_at = clock_timestamp() - (4 - priority) * interval '1 minute'", Tuple.tuple());

        assertThat(done(store.dueForRinging(3))).extracting(WaitingJob::id).isEqualTo(expected.subList(0, 3));
        assertThat(done(store.dueForRinging(3))).extracting(WaitingJob::id).isEqualTo(expected.subList(3, 4));
    }

    @Test
    void a_job_keeps_its_priority_when_its_worker_dies() {
        NewJob job = newJob(true, JobPriority.HIGH);
        done(store.accept(job));
        done(store.claim(List.of(job.id()), worker));
        postgres.execute("delete from worker_lease", Tuple.tuple());

        done(store.takeOver(10, 5));

        assertThat(done(store.dueForRinging(10)))
                .extracting(WaitingJob::priority)
                .containsExactly(JobPriority.HIGH);
        assertThat(view(job.id()).priority()).isEqualTo(JobPriority.HIGH);
    }

    @Test
    void a_waiting_job_is_canceled_at_once() {
        NewJob job = accepted();

        JobEvent event = done(store.cancel(postgres.workspace, job.id()));

        assertThat(event.type()).isEqualTo(Type.CANCELED);
        assertThat(claim(job)).isEmpty();
    }

    @Test
    void a_running_job_is_told_to_stop_and_its_worker_says_when_it_has() {
        ClaimedJob job = claimed();

        assertThat(done(store.cancel(postgres.workspace, job.id())).status()).isEqualTo(JobStatus.PROCESSING);
        assertThat(done(workers.toBeCanceled(worker))).containsExactly(job.id());

        done(store.advance(job.lease(), JobChange.canceled(BigDecimal.ZERO)));
        assertThat(view(job.id()).status()).isEqualTo(JobStatus.CANCELED);
    }

    @Test
    void canceling_twice_tells_it_once() {
        ClaimedJob job = claimed();
        done(store.cancel(postgres.workspace, job.id()));

        assertThat(done(store.cancel(postgres.workspace, job.id()))).isNull();
    }

    @Test
    void a_canceled_job_whose_worker_died_is_not_started_again() {
        ClaimedJob job = claimed();
        done(store.cancel(postgres.workspace, job.id()));
        killWorker();

        done(store.takeOver(10, 5));

        assertThat(view(job.id()).status()).isEqualTo(JobStatus.CANCELED);
    }

    @Test
    void a_final_state_never_changes() {
        ClaimedJob job = claimed();
        done(store.advance(job.lease(), JobChange.completed("done", "{}", BigDecimal.ONE)));

        assertThatThrownBy(() -> done(store.advance(job.lease(), JobChange.progress(5, "late", "late"))))
                .isInstanceOf(LeaseLostException.class);
        assertThat(done(store.cancel(postgres.workspace, job.id()))).isNull();
        assertThat(view(job.id()).costActual()).isEqualByComparingTo("1");
    }

    @Test
    void one_bad_change_does_not_spoil_the_others_of_its_batch() {
        List<ClaimedJob> jobs = new ArrayList<>();
        allAtOnce(10, false);
        List<UUID> ids = new ArrayList<>();
        postgres.pool.query("select id from job").executeAndAwait().forEach(row -> ids.add(row.getUUID(0)));
        done(store.claim(ids, worker)).forEach(claim -> jobs.add(claim.job()));

        List<Uni<Boolean>> changes = IntStream.range(0, 10)
                .mapToObj(
                        i -> store.advance(jobs.get(i).lease(), JobChange.progress(10, "s", i == 3 ? "nul \0" : "good"))
                                .map(event -> true)
                                .onFailure()
                                .recoverWithItem(false))
                .toList();

        assertThat(done(Uni.join().all(changes).andFailFast()))
                .filteredOn(ok -> ok)
                .hasSize(9);
    }

    @Test
    void a_forgotten_worker_learns_it_and_a_late_one_is_not_forgotten() {
        UUID late = UUID.randomUUID();
        done(workers.join(late, "late", Duration.ofMillis(-1)));

        assertThat(done(workers.renew(late, LEASE))).isTrue();
        assertThat(done(workers.renew(UUID.randomUUID(), LEASE))).isFalse();
    }

    @Test
    void a_job_that_its_worker_gave_up_is_taken_over_although_the_worker_lives() {
        ClaimedJob job = claimed();

        done(workers.disown(worker, List.of(job.id())));
        done(store.takeOver(10, 5));

        assertThat(view(job.id()).status()).isEqualTo(JobStatus.PENDING);
        assertThat(done(workers.held(worker))).isEmpty();
    }

    @Test
    void a_job_canceled_while_it_went_back_to_the_queue_is_not_started_again() {
        ClaimedJob job = claimed();
        done(store.cancel(postgres.workspace, job.id()));
        done(store.advance(job.lease(), JobChange.handBack()));

        assertThat(done(store.claim(List.of(job.id()), worker))).isEmpty();
        done(store.takeOver(10, 5));

        assertThat(view(job.id()).status()).isEqualTo(JobStatus.CANCELED);
    }

    @Test
    void what_a_failed_or_canceled_job_has_running_at_providers_is_looked_after() {
        for (JobChange end : List.of(
                JobChange.canceled(BigDecimal.ZERO), JobChange.failed("provider_down", "Away", BigDecimal.ZERO))) {
            ClaimedJob job = claimed();
            task(job, 1, "begun");
            task(job, 2, "running");
            task(job, 3, "succeeded");

            done(store.advance(job.lease(), end));

            assertThat(leftBehind(job)).containsExactly(1, 2);
        }
    }

    @Test
    void what_a_job_that_goes_on_has_running_at_providers_is_its_own() {
        ClaimedJob job = claimed();
        task(job, 1, "running");

        done(store.advance(job.lease(), JobChange.progress(10, "animate", "Animating")));
        done(store.advance(job.lease(), JobChange.retryAfter(Duration.ofHours(1), "provider_down", "Away")));

        assertThat(leftBehind(job)).isEmpty();
    }

    private static void task(ClaimedJob job, int scene, String state) {
        postgres.execute(
                "insert into provider_task (job_id, workspace_id, purpose, scene, attempt, provider, digest, state)"
                        + " values ($1, $2, 'clip', $3, 1, 'vendor', 'digest', $4)",
                Tuple.of(job.id(), job.workspaceId(), scene, state));
    }

    private static List<Integer> leftBehind(ClaimedJob job) {
        List<Integer> scenes = new ArrayList<>();
        postgres.pool
                .preparedQuery("select scene from provider_task where job_id = $1 and look_at is not null order by 1")
                .executeAndAwait(Tuple.of(job.id()))
                .forEach(row -> scenes.add(row.getInteger(0)));
        return scenes;
    }

    private List<Acceptance> allAtOnce(int count, boolean exclusive) {
        List<Uni<Acceptance>> calls = IntStream.range(0, count)
                .mapToObj(i -> store.accept(newJob(exclusive)))
                .toList();
        return done(Uni.join().all(calls).andFailFast());
    }

    private NewJob newJob(boolean exclusive) {
        return newJob(exclusive, JobPriority.NORMAL);
    }

    private NewJob newJob(boolean exclusive, JobPriority priority) {
        return new NewJob(
                UuidCreator.getTimeOrderedEpochFast(),
                postgres.workspace,
                postgres.project,
                RealPostgres.SPEC,
                "mock",
                List.of(),
                3,
                new BigDecimal("0.123456"),
                new BigDecimal("0.123456"),
                exclusive,
                null,
                false,
                priority);
    }

    private NewJob accepted() {
        NewJob job = newJob(true);
        assertThat(done(store.accept(job))).isInstanceOf(Accepted.class);
        return job;
    }

    private ClaimedJob claimed() {
        return claim(accepted()).get(0).job();
    }

    private List<Claim> claim(NewJob job) {
        return done(store.claim(List.of(job.id()), worker));
    }

    private void killWorker() {
        postgres.execute("update worker_lease set alive_until = clock_timestamp()", Tuple.tuple());
    }

    private void joinAgain() {
        worker = UUID.randomUUID();
        done(workers.join(worker, "next", LEASE));
    }

    private JobView view(UUID job) {
        return done(store.find(postgres.workspace, job));
    }

    private List<Integer> seqs(UUID job) {
        return done(store.eventsAfter(job, 0)).stream().map(JobEvent::seq).toList();
    }

    private static <T> T done(Uni<T> uni) {
        return uni.await().atMost(RealPostgres.LIMIT);
    }
}
