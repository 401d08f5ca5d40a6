package io.storyreel.worker.provider;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.ClaimedJob;
import io.storyreel.common.job.Lease;
import io.storyreel.common.job.LeaseLostException;
import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.common.ledger.ProviderTasks;
import io.storyreel.common.ledger.Purchase;
import io.storyreel.common.ledger.Purpose;
import io.storyreel.common.storyboard.Scene;
import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.worker.RealPostgres;
import io.storyreel.worker.TestSettings;
import io.storyreel.worker.provider.TaskProgress.Verdict;
import io.storyreel.worker.run.JobFailure;
import io.storyreel.worker.run.WorkerSettings;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PaidTasksTest {
    private static final BigDecimal PRICE = TestVendor.PRICE;
    private static RealPostgres postgres;

    private final List<String> submitted = new ArrayList<>();
    private ProviderTasks ledger;
    private PaidTasks tasks;
    private ClaimedJob job;

    @BeforeAll
    static void startPostgres() throws Exception {
        postgres = new RealPostgres();
    }

    @AfterAll
    static void stopPostgres() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void claimJob() {
        ledger = new ProviderTasks(postgres.pool);
        tasks = new PaidTasks(
                ledger,
                new Pause(postgres.vertx.getDelegate()),
                TestSettings.of(WorkerSettings.class, Map.of()),
                new HandOvers());
        var scene = new Scene(1, "https://example.com/a.png", null, 1.0, null, null, null, null);
        job = postgres.claimed("vendor", new Storyboard(List.of(scene), List.of(), null, null, null));
    }

    @Test
    void has_a_row_before_the_provider_is_called() {
        List<String> states = new ArrayList<>();

        Bought<Clip> bought = buy(new Vendor(true) {
            @Override
            public Uni<Submitted> submit(ClipRequest wanted, String key) {
                return postgres.pool
                        .preparedQuery("select state from provider_task where job_id = $1")
                        .execute(Tuple.of(job.id()))
                        .invoke(rows -> rows.forEach(row -> states.add(row.getString("state"))))
                        .chain(rows -> super.submit(wanted, key));
            }
        });

        assertThat(states).containsExactly("begun");
        assertThat(bought.made()).isEqualTo(new Clip("clips/1"));
        assertThat(bought.cost()).isEqualByComparingTo(PRICE);
        assertThat(rows()).extracting(row -> row.getString("state")).containsExactly("succeeded");
        assertThat(ledger.spent(job.id()).await().atMost(RealPostgres.LIMIT)).isEqualByComparingTo(PRICE);
    }

    @Test
    void adopts_a_running_task_after_a_crash() {
        ProviderTask task = ledger.begin(purchase()).await().atMost(RealPostgres.LIMIT);
        ledger.running(task, "theirs-1").await().atMost(RealPostgres.LIMIT);

        buy(new Vendor(false));

        assertThat(submitted).isEmpty();
        assertThat(rows()).extracting(row -> row.getString("provider_task_id")).containsExactly("theirs-1");
    }

    @Test
    void does_not_buy_again_what_has_succeeded() {
        buy(new Vendor(true));
        Bought<Clip> again = buy(new Vendor(true));

        assertThat(submitted).hasSize(1);
        assertThat(again.made()).isEqualTo(new Clip("clips/1"));
        assertThat(again.cost()).isEqualByComparingTo(PRICE);
    }

    @Test
    void repeats_a_call_of_unknown_outcome_under_the_same_key_where_the_provider_knows_keys() {
        ProviderTask task = ledger.begin(purchase()).await().atMost(RealPostgres.LIMIT);

        buy(new Vendor(true));

        assertThat(submitted).containsExactly(task.key());
        assertThat(rows()).hasSize(1);
    }

    @Test
    void writes_a_call_of_unknown_outcome_off_where_the_provider_knows_no_keys() {
        ledger.begin(purchase()).await().atMost(RealPostgres.LIMIT);

        buy(new Vendor(false));

        assertThat(rows()).extracting(row -> row.getString("state")).containsExactly("lost", "succeeded");
    }

    @Test
    void begins_a_new_attempt_after_a_failure() {
        var failing = new Vendor(true) {
            @Override
            public Uni<TaskProgress<RemoteFile>> poll(ProviderTask task, int told) {
                return Uni.createFrom()
                        .item(new TaskProgress.Failed<>(
                                "FAILED", "render_failed", "it broke", Verdict.AGAIN, new BigDecimal("0.02")));
            }
        };
        assertThatThrownBy(() -> buy(failing)).isInstanceOf(JobFailure.class).hasMessage("it broke");

        buy(new Vendor(true));

        assertThat(rows()).extracting(row -> row.getString("state")).containsExactly("failed", "succeeded");
        assertThat(ledger.spent(job.id()).await().atMost(RealPostgres.LIMIT)).isEqualByComparingTo("0.12");
    }

    @Test
    void buys_nothing_for_a_job_that_is_somebody_elses() {
        postgres.execute("update job set lease_epoch = 2 where id = $1", Tuple.of(job.id()));

        assertThatThrownBy(() -> buy(new Vendor(true))).isInstanceOf(LeaseLostException.class);
        assertThat(submitted).isEmpty();
    }

    private Bought<Clip> buy(Vendor vendor) {
        return tasks.complete(
                        vendor,
                        purchase(),
                        TestVendor.wanted(job.id()),
                        Clip.class,
                        made -> Uni.createFrom().item(new Clip("clips/1")),
                        0,
                        percent -> Uni.createFrom().voidItem())
                .await()
                .atMost(RealPostgres.LIMIT);
    }

    private Purchase purchase() {
        return new Purchase(new Lease(job.id(), 1), Purpose.CLIP, 1, "vendor", "digest", PRICE);
    }

    private List<Row> rows() {
        return postgres.rows("select * from provider_task where job_id = $1 order by attempt", Tuple.of(job.id()));
    }

    private class Vendor extends TestVendor {
        private final boolean idempotent;

        Vendor(boolean idempotent) {
            this.idempotent = idempotent;
        }

        @Override
        public Capabilities capabilities() {
            return new Capabilities(idempotent, false);
        }

        @Override
        public Uni<Submitted> submit(ClipRequest wanted, String key) {
            PaidTasksTest.this.submitted.add(key);
            return super.submit(wanted, key);
        }
    }
}
