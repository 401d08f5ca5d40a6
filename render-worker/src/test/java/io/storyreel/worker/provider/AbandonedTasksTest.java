package io.storyreel.worker.provider;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.storyreel.common.job.ClaimedJob;
import io.storyreel.common.job.Lease;
import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.common.ledger.ProviderTasks;
import io.storyreel.common.ledger.Purchase;
import io.storyreel.common.ledger.Purpose;
import io.storyreel.common.storyboard.Scene;
import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.worker.OnPostgres;
import io.storyreel.worker.RealPostgres;
import io.storyreel.worker.provider.TaskProgress.Verdict;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

class AbandonedTasksTest extends OnPostgres {
    private static final UUID CALL = UUID.randomUUID();
    private static final BigDecimal PRICE = new BigDecimal("0.10");
    private static final BigDecimal CHARGED = new BigDecimal("0.03");

    private final Vendor vendor = new Vendor();
    private PaidTasksFixture fixture;
    private ProviderTasks ledger;
    private AbandonedTasks abandoned;
    private ClaimedJob job;

    @BeforeEach
    void claimJob() {
        fixture = new PaidTasksFixture(postgres);
        ledger = fixture.ledger;
        abandoned = fixture.abandoned(new Providers(List.of(), List.of(vendor), List.of()));
        var scene = new Scene(1, "https://example.com/a.png", null, 1.0, null, null, null, null);
        job = postgres.claimed("vendor", new Storyboard(List.of(scene), List.of(), null, null, null));
    }

    @Test
    void cancels_a_running_task_at_its_provider_and_writes_down_what_was_charged() {
        run(ledger.running(begun(1, "vendor"), "theirs-1", null, null));

        run(abandoned.cancel(job.id()));

        assertThat(vendor.canceled).containsExactly("theirs-1");
        assertThat(rows())
                .extracting(row -> row.getString("state"), row -> row.getString("error"))
                .containsExactly(tuple("canceled", "canceled with its job"));
        assertThat(run(ledger.spent(job.id()))).isEqualByComparingTo(CHARGED);
    }

    @Test
    void leaves_what_has_ended_as_it_is() {
        run(ledger.succeeded(begun(1, "vendor"), null, PRICE, "{}"));
        run(ledger.failed(begun(2, "vendor"), null, BigDecimal.ZERO, "it broke"));

        run(abandoned.cancel(job.id()));

        assertThat(vendor.canceled).isEmpty();
        assertThat(rows()).extracting(row -> row.getString("state")).containsExactly("succeeded", "failed");
    }

    @Test
    void closes_a_call_of_a_provider_without_tasks_as_possibly_charged_if_it_had_left() {
        begun(1, "a voice");
        run(ledger.sending(begun(2, "a voice"), CALL, false));

        run(abandoned.cancel(job.id()));

        assertThat(rows())
                .extracting(row -> row.getString("state"), row -> row.getBigDecimal("cost_possible")
                        .stripTrailingZeros())
                .containsExactly(tuple("canceled", BigDecimal.ZERO), tuple("canceled", PRICE.stripTrailingZeros()));
    }

    @Test
    void cancels_the_others_when_one_provider_call_fails_and_leaves_that_one_open() {
        run(ledger.running(begun(1, "vendor"), "deaf", null, null));
        run(ledger.running(begun(2, "vendor"), "theirs-2", null, null));

        assertThatThrownBy(() -> run(abandoned.cancel(job.id()))).hasMessageContaining("does not listen");

        assertThat(rows()).extracting(row -> row.getString("state")).containsExactly("running", "canceled");
    }

    @Test
    void waits_for_a_task_that_is_just_being_handed_over() {
        var render = handingOver(1);

        render.cancel();
        var canceling = abandoned.cancel(job.id()).subscribeAsCompletionStage();
        vendor.submissions.get(0).complete(Submitted.as("theirs-late"));

        assertThat(canceling).succeedsWithin(RealPostgres.LIMIT);
        assertThat(vendor.canceled).containsExactly("theirs-late");
        assertThat(rows())
                .extracting(row -> row.getString("state"), row -> row.getString("provider_task_id"))
                .containsExactly(tuple("canceled", "theirs-late"));
    }

    @Test
    void stops_what_runs_without_waiting_for_a_slow_hand_over() {
        run(ledger.running(begun(1, "vendor"), "theirs-1", null, null));
        var render = handingOver(2);

        render.cancel();
        var givenUp = abandoned.cancel(job.id()).subscribe().with(canceled -> {});

        await().atMost(RealPostgres.LIMIT).untilAsserted(() -> assertThat(rows())
                .extracting(row -> row.getString("state"), row -> row.getOffsetDateTime("look_at") != null)
                .containsExactly(tuple("canceled", false), tuple("begun", true)));
        givenUp.cancel();
        vendor.submissions.get(0).complete(Submitted.as("theirs-late"));

        await().atMost(RealPostgres.LIMIT)
                .untilAsserted(
                        () -> assertThat(rows().get(1).getString("state")).isEqualTo("running"));
        assertThat(rows().get(1).getOffsetDateTime("look_at"))
                .as("somebody goes on with what was accepted after everybody had left")
                .isNotNull();
    }

    @Test
    void cancels_the_others_when_one_provider_cannot_even_be_asked() {
        run(ledger.running(begun(1, "vendor"), "nonsense", null, null));
        run(ledger.running(begun(2, "vendor"), "theirs-2", null, null));

        assertThatThrownBy(() -> run(abandoned.cancel(job.id()))).hasMessageContaining("no such address");

        assertThat(rows()).extracting(row -> row.getString("state")).containsExactly("running", "canceled");
    }

    @Test
    void the_next_worker_finds_a_task_that_was_just_being_handed_over() {
        var render = handingOver(1);

        render.cancel();
        var settling = fixture.handOvers.settled(job.id()).subscribeAsCompletionStage();
        assertThat(settling).isNotDone();
        vendor.submissions.get(0).complete(Submitted.as("theirs-late"));

        assertThat(settling).succeedsWithin(RealPostgres.LIMIT);
        assertThat(rows())
                .extracting(row -> row.getString("state"), row -> row.getString("provider_task_id"))
                .containsExactly(tuple("running", "theirs-late"));
    }

    @Test
    void leaves_the_tasks_of_a_failed_job_running_for_the_next_render() {
        run(ledger.running(begun(1, "vendor"), "theirs-1", null, null));

        run(abandoned.leave(job.id()));

        assertThat(vendor.canceled).isEmpty();
        assertThat(rows())
                .extracting(row -> row.getString("state"), row -> row.getOffsetDateTime("look_at") != null)
                .containsExactly(tuple("running", true));
    }

    @Test
    void a_task_that_is_still_asked_after_when_its_job_has_ended_stays_left() {
        ProviderTask task = begun(1, "vendor");
        run(ledger.running(task, "theirs-1", null, null));
        run(abandoned.leave(job.id()));
        postgres.execute("update job set status = 'failed', lease_owner = null where id = $1", Tuple.of(job.id()));

        run(ledger.seen(task, "RUNNING"));

        assertThat(rows()).extracting(row -> row.getOffsetDateTime("look_at")).doesNotContainNull();
    }

    @Test
    void a_task_is_not_called_for_after_its_job_has_ended() {
        ProviderTask task = begun(1, "vendor");
        run(abandoned.leave(job.id()));
        postgres.execute("update job set status = 'failed', lease_owner = null where id = $1", Tuple.of(job.id()));

        assertThat(run(ledger.sending(task, CALL, false))).isFalse();

        assertThat(rows())
                .extracting(
                        row -> row.getOffsetDateTime("sent_at") != null,
                        row -> row.getOffsetDateTime("look_at") != null)
                .containsExactly(tuple(false, true));
    }

    /** A render that waits for the vendor to accept its clip. */
    private Cancellable handingOver(int scene) {
        var render = fixture.tasks
                .complete(vendor.order(purchase(scene, "vendor")), 0, TaskListener.NONE)
                .subscribe()
                .with(bought -> {});
        await().atMost(RealPostgres.LIMIT).until(() -> !vendor.submissions.isEmpty());
        return render;
    }

    private ProviderTask begun(int scene, String provider) {
        return run(ledger.begin(purchase(scene, provider)));
    }

    private Purchase purchase(int scene, String provider) {
        return Purchase.whole(new Lease(job.id(), 1), Purpose.CLIP, scene, provider, "digest", PRICE);
    }

    private List<Row> rows() {
        return postgres.rows("select * from provider_task where job_id = $1 order by scene", Tuple.of(job.id()));
    }

    private static <T> T run(Uni<T> call) {
        return call.await().atMost(RealPostgres.LIMIT);
    }

    /** Keeps its tasks for ever, takes its time to accept one, and does not listen when "deaf" is canceled. */
    private static final class Vendor extends TestVendor {
        private final List<String> canceled = new CopyOnWriteArrayList<>();
        private final List<UniEmitter<? super Submitted>> submissions = new CopyOnWriteArrayList<>();

        @Override
        public Uni<Submitted> submit(ClipRequest wanted, String key) {
            return Uni.createFrom().emitter(submissions::add);
        }

        @Override
        public Uni<TaskProgress<RemoteFile>> poll(ProviderTask task, int told) {
            return Uni.createFrom().item(new TaskProgress.Running<>("RUNNING", 10, Duration.ofSeconds(1)));
        }

        @Override
        public Uni<TaskProgress<RemoteFile>> cancel(ProviderTask task) {
            if ("nonsense".equals(task.providerTaskId())) {
                throw new IllegalArgumentException("no such address");
            }
            if ("deaf".equals(task.providerTaskId())) {
                return Uni.createFrom().failure(new IllegalStateException("the provider does not listen"));
            }
            canceled.add(task.providerTaskId());
            return Uni.createFrom()
                    .item(new TaskProgress.Failed<>("CANCELLED", "canceled", "canceled", Verdict.CANCELED, CHARGED));
        }
    }
}
