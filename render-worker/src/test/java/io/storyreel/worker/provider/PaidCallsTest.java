package io.storyreel.worker.provider;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.ClaimedJob;
import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.common.ledger.Purchase;
import io.storyreel.common.ledger.Purpose;
import io.storyreel.common.storyboard.Scene;
import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.worker.OnPostgres;
import io.storyreel.worker.RealPostgres;
import io.storyreel.worker.provider.http.Departure;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PaidCallsTest extends OnPostgres {
    private static final BigDecimal PRICE = new BigDecimal("0.0100");
    private static final Clip SAID = new Clip("speech/1");
    private static final Supplier<Uni<Clip>> KEPT = () -> Uni.createFrom().item(SAID);

    private final AtomicInteger calls = new AtomicInteger();
    private final CompletableFuture<BigDecimal> answer = new CompletableFuture<>();
    private final CompletableFuture<Void> turn = CompletableFuture.completedFuture(null);
    private final List<Integer> doubtful = new CopyOnWriteArrayList<>();
    private PaidTasksFixture fixture;
    private ClaimedJob job;

    @BeforeEach
    void claimJob() {
        fixture = new PaidTasksFixture(postgres);
        var scene = new Scene(1, "https://example.com/a.png", null, 1.0, null, null, null, null);
        job = postgres.claimed("vendor", new Storyboard(List.of(scene), List.of(), null, null, null));
    }

    @Test
    void books_a_call_that_ends_after_the_render_was_canceled() {
        cancelInMidCall();

        answer.complete(PRICE);

        Awaitility.await().atMost(RealPostgres.LIMIT).untilAsserted(() -> assertThat(states())
                .containsExactly("succeeded"));
        assertThat(spent()).isEqualByComparingTo(PRICE);
    }

    @Test
    void books_a_call_that_ends_after_it_was_given_up() {
        cancelInMidCall();
        fixture.ledger.canceled(open(), null, "canceled with its job").await().atMost(RealPostgres.LIMIT);
        postgres.execute("update job set completed_at = now(), cost_actual = 0 where id = $1", Tuple.of(job.id()));

        answer.complete(PRICE);

        Awaitility.await().atMost(RealPostgres.LIMIT).untilAsserted(() -> assertThat(
                        postgres.rows("select cost_actual from job where id = $1", Tuple.of(job.id()))
                                .get(0)
                                .getBigDecimal("cost_actual"))
                .isEqualByComparingTo(PRICE));
        assertThat(states()).containsExactly("succeeded");
    }

    @Test
    void settles_a_job_when_its_calls_have_ended() {
        cancelInMidCall();
        var settled = fixture.handOvers.settled(job.id()).subscribeAsCompletionStage();
        assertThat(settled).isNotDone();

        answer.complete(PRICE);

        assertThat(settled).succeedsWithin(RealPostgres.LIMIT);
        assertThat(states()).containsExactly("succeeded");
    }

    @Test
    void takes_the_answer_to_an_earlier_runs_call() {
        cancelInMidCall();

        var next = buying().subscribeAsCompletionStage();
        answer.complete(PRICE);

        assertThat(next)
                .succeedsWithin(RealPostgres.LIMIT)
                .extracting(Bought::made)
                .isEqualTo(SAID);
        assertThat(calls).hasValue(1);
    }

    @Test
    void waits_for_an_answer_that_may_still_come_to_another_worker() {
        fixture = new PaidTasksFixture(postgres, Map.of("storyreel.providers.answer-limit", "2s"));
        ProviderTask theirs = called(PRICE);

        var next = buying().subscribeAsCompletionStage();
        fixture.ledger
                .succeeded(theirs, null, PRICE, "{\"key\":\"speech/1\"}")
                .await()
                .atMost(RealPostgres.LIMIT);

        assertThat(next)
                .succeedsWithin(RealPostgres.LIMIT)
                .extracting(Bought::made)
                .isEqualTo(SAID);
        assertThat(calls).hasValue(0);
    }

    @Test
    void makes_a_call_of_unknown_outcome_once_more_and_not_twice() {
        givenUp(called(PRICE));
        called(PRICE);

        assertThatThrownBy(this::buy).isInstanceOf(ProviderOutageException.class);
        assertThatThrownBy(this::buy).isInstanceOf(ProviderOutageException.class);

        assertThat(calls).hasValue(0);
    }

    @Test
    void counts_what_it_calls_for_again() {
        answer.complete(PRICE);
        called(PRICE);

        buy();

        assertThat(states()).containsExactly("lost", "succeeded");
        assertThat(doubtful).containsExactly(1);
        assertThat(count("storyreel.provider.outcomes.unknown")).isEqualTo(1);
        assertThat(count("storyreel.provider.resubmissions")).isEqualTo(1);
    }

    @Test
    void buys_once_more_what_may_have_been_charged_and_did_not_arrive() {
        answer.completeExceptionally(new ChargedException(null, new ResultLostException("no answer", null)));

        assertThatThrownBy(this::buy).isInstanceOf(ResultLostException.class);
        assertThatThrownBy(this::buy).isInstanceOf(ProviderOutageException.class);

        assertThat(calls).hasValue(2);
        assertThat(states()).containsExactly("lost", "lost", "failed");
        assertThat(doubtful).containsExactly(1, 2);
        assertThat(spent()).isZero();
        assertThat(possible()).isEqualByComparingTo(PRICE.add(PRICE));
        assertThat(count("storyreel.provider.outcomes.unknown")).isEqualTo(2);
    }

    @Test
    void books_each_sound_that_broke_off_in_a_row_of_its_own() {
        answer.completeExceptionally(new ChargedException(PRICE, new ResultLostException("it broke off", null)));

        assertThatThrownBy(this::buy).isInstanceOf(ResultLostException.class);
        assertThatThrownBy(this::buy).isInstanceOf(ProviderOutageException.class);

        assertThat(calls).hasValue(2);
        assertThat(states()).containsExactly("failed", "failed", "failed");
        assertThat(spent()).isEqualByComparingTo(PRICE.add(PRICE));
        assertThat(possible()).isZero();
    }

    @Test
    void does_not_buy_again_at_once_what_could_not_be_kept_by_our_own_fault() {
        answer.complete(PRICE);

        assertThatThrownBy(() -> buy(
                        new Call(turn, () -> Uni.createFrom().failure(new IllegalStateException("no object store")))))
                .isInstanceOf(IllegalStateException.class);

        assertThat(calls).hasValue(1);
        assertThat(states()).containsExactly("failed");
        assertThat(spent()).isEqualByComparingTo(PRICE);
    }

    @Test
    void takes_a_call_that_still_stood_in_the_queue_of_a_dead_worker_for_not_made() {
        fixture = new PaidTasksFixture(postgres, Map.of("storyreel.providers.answer-limit", "10m"));
        fixture.ledger.begin(purchase(PRICE)).await().atMost(RealPostgres.LIMIT);
        answer.complete(PRICE);

        buy();

        assertThat(calls).hasValue(1);
        assertThat(states()).containsExactly("succeeded");
        assertThat(possible()).isZero();
    }

    @Test
    void says_that_a_call_is_sent_when_it_leaves_and_not_while_it_waits_for_its_turn() {
        var mine = new CompletableFuture<Void>();
        var buying = buying(new Call(mine, KEPT)).subscribeAsCompletionStage();
        Awaitility.await().atMost(RealPostgres.LIMIT).until(() -> states().equals(List.of("begun")));
        assertThat(open().sentAt()).isNull();

        mine.complete(null);

        Awaitility.await().atMost(RealPostgres.LIMIT).until(() -> calls.get() == 1);
        assertThat(open().sentAt()).isNotNull();
        answer.complete(PRICE);
        assertThat(buying).succeedsWithin(RealPostgres.LIMIT);
    }

    @Test
    void takes_back_that_a_call_was_sent_when_the_provider_says_no() {
        answer.completeExceptionally(new IllegalStateException("busy"));
        var again = new CompletableFuture<Void>();
        PaidCall<Clip> patient = new Call(turn, KEPT) {
            @Override
            public Uni<BigDecimal> make(Departure departure) {
                return super.make(departure).onFailure().recoverWithUni(() -> Uni.createFrom()
                        .completionStage(again)
                        .chain(() -> departure.of(() -> {
                            calls.incrementAndGet();
                            return Uni.createFrom().item(PRICE);
                        })));
            }
        };

        var buying = buying(patient).subscribeAsCompletionStage();

        Awaitility.await().atMost(RealPostgres.LIMIT).until(() -> calls.get() == 1 && open().sentAt() == null);
        again.complete(null);
        assertThat(buying).succeedsWithin(RealPostgres.LIMIT);
        assertThat(states()).containsExactly("succeeded");
        assertThat(calls).hasValue(2);
    }

    @Test
    void lets_one_call_leave_of_two_workers_that_both_take_the_attempt_for_theirs() {
        var frozen = new CompletableFuture<Void>();
        var theirs = new PaidTasksFixture(postgres)
                .calls
                .once(purchase(PRICE), Clip.class, new Call(frozen, KEPT))
                .subscribeAsCompletionStage();
        Awaitility.await().atMost(RealPostgres.LIMIT).until(() -> states().equals(List.of("begun")));

        answer.complete(PRICE);
        buy();
        frozen.complete(null);

        assertThat(theirs)
                .succeedsWithin(RealPostgres.LIMIT)
                .extracting(Bought::made)
                .isEqualTo(SAID);
        assertThat(calls).hasValue(1);
        assertThat(states()).containsExactly("succeeded");
    }

    @Test
    void does_not_make_a_call_whose_job_has_ended_while_it_stood_in_our_queue() {
        var mine = new CompletableFuture<Void>();
        var run = buying(new Call(mine, KEPT)).subscribe().with(said -> {});
        Awaitility.await().atMost(RealPostgres.LIMIT).until(() -> states().equals(List.of("begun")));
        run.cancel();
        postgres.execute(
                "update job set status = 'failed', lease_owner = null, completed_at = now() where id = $1",
                Tuple.of(job.id()));

        mine.complete(null);

        assertThat(fixture.handOvers.settled(job.id()).subscribeAsCompletionStage())
                .succeedsWithin(RealPostgres.LIMIT);
        assertThat(calls).hasValue(0);
    }

    @Test
    void books_what_is_known_to_be_charged_though_the_worker_died_before_it_was_kept() {
        BigDecimal charged = new BigDecimal("0.0120");
        fixture.ledger.charged(called(PRICE), charged).await().atMost(RealPostgres.LIMIT);
        answer.complete(PRICE);

        buy();

        assertThat(states()).containsExactly("failed", "succeeded");
        assertThat(spent()).isEqualByComparingTo(charged.add(PRICE));
        assertThat(possible()).isZero();
        assertThat(count("storyreel.provider.resubmissions")).isEqualTo(1);
    }

    @Test
    void books_what_it_was_really_charged_for_what_was_kept_when_its_worker_died() {
        BigDecimal charged = new BigDecimal("0.0120");
        fixture.ledger.charged(called(PRICE), charged).await().atMost(RealPostgres.LIMIT);

        fixture.calls.kept(job.id(), Purpose.SPEECH, 1, "digest", SAID).await().atMost(RealPostgres.LIMIT);

        assertThat(states()).containsExactly("succeeded");
        assertThat(spent()).isEqualByComparingTo(charged);
    }

    @Test
    void books_nothing_for_a_call_that_was_canceled_before_it_left() {
        ProviderTask waiting = fixture.ledger.begin(purchase(PRICE)).await().atMost(RealPostgres.LIMIT);

        fixture.ledger.canceled(waiting, null, "canceled with its job").await().atMost(RealPostgres.LIMIT);

        assertThat(states()).containsExactly("canceled");
        assertThat(possible()).isZero();
    }

    @Test
    void counts_a_call_as_possibly_charged_that_was_canceled_after_it_had_left() {
        fixture.ledger
                .canceled(called(PRICE), null, "canceled with its job")
                .await()
                .atMost(RealPostgres.LIMIT);

        assertThat(spent()).isZero();
        assertThat(possible()).isEqualByComparingTo(PRICE);
    }

    @Test
    void repeats_at_once_and_as_often_as_it_takes_what_costs_nothing() {
        fixture = new PaidTasksFixture(postgres, Map.of("storyreel.providers.answer-limit", "10m"));
        answer.complete(PRICE);
        for (int crash = 0; crash < 3; crash++) {
            givenUp(called(BigDecimal.ZERO));
        }
        called(BigDecimal.ZERO);

        fixture.calls
                .once(purchase(BigDecimal.ZERO), Clip.class, new Call(turn, KEPT))
                .await()
                .atMost(RealPostgres.LIMIT);

        assertThat(calls).hasValue(1);
    }

    @Test
    void books_what_was_kept_when_its_worker_died() {
        called(PRICE);

        fixture.calls.kept(job.id(), Purpose.SPEECH, 1, "digest", SAID).await().atMost(RealPostgres.LIMIT);

        assertThat(states()).containsExactly("succeeded");
        assertThat(spent()).isEqualByComparingTo(PRICE);
    }

    @Test
    void leaves_the_booking_of_what_is_kept_to_a_call_that_is_still_under_way() {
        cancelInMidCall();

        fixture.calls.kept(job.id(), Purpose.SPEECH, 1, "digest", SAID).await().atMost(RealPostgres.LIMIT);

        assertThat(states()).containsExactly("begun");
        answer.complete(PRICE);
    }

    /** Waits for its turn, then leaves and gets {@link #answer}. */
    private class Call implements PaidCall<Clip> {
        private final CompletableFuture<Void> turn;
        private final Supplier<Uni<Clip>> keeping;

        Call(CompletableFuture<Void> turn, Supplier<Uni<Clip>> keeping) {
            this.turn = turn;
            this.keeping = keeping;
        }

        @Override
        public Uni<BigDecimal> make(Departure departure) {
            return Uni.createFrom()
                    .completionStage(turn)
                    .chain(() -> departure.of(() -> {
                        calls.incrementAndGet();
                        return Uni.createFrom().completionStage(answer);
                    }));
        }

        @Override
        public Uni<Clip> keep() {
            return keeping.get();
        }

        @Override
        public Uni<Void> possiblyCharged(ProviderTask attempt) {
            doubtful.add(attempt.attempt());
            return Uni.createFrom().voidItem();
        }
    }

    private Uni<Bought<Clip>> buying(PaidCall<Clip> call) {
        return fixture.calls.once(purchase(PRICE), Clip.class, call);
    }

    private Uni<Bought<Clip>> buying() {
        return buying(new Call(turn, KEPT));
    }

    private Bought<Clip> buy(PaidCall<Clip> call) {
        return buying(call).await().atMost(RealPostgres.LIMIT);
    }

    private Bought<Clip> buy() {
        return buy(new Call(turn, KEPT));
    }

    private void cancelInMidCall() {
        var run = buying().subscribe().with(said -> {});
        Awaitility.await().atMost(RealPostgres.LIMIT).until(() -> calls.get() == 1);
        run.cancel();
    }

    /** An attempt of a worker that has died since. */
    private ProviderTask called(BigDecimal price) {
        ProviderTask task = fixture.ledger.begin(purchase(price)).await().atMost(RealPostgres.LIMIT);
        fixture.ledger.sending(task, UUID.randomUUID(), false).await().atMost(RealPostgres.LIMIT);
        return task;
    }

    private void givenUp(ProviderTask task) {
        fixture.ledger.lost(task).await().atMost(RealPostgres.LIMIT);
    }

    private ProviderTask open() {
        return fixture.ledger.open(job.id()).await().atMost(RealPostgres.LIMIT).get(0);
    }

    private Purchase purchase(BigDecimal price) {
        return Purchase.whole(job.lease(), Purpose.SPEECH, 1, "vendor", "digest", price);
    }

    private BigDecimal spent() {
        return fixture.ledger.spent(job.id()).await().atMost(RealPostgres.LIMIT);
    }

    private BigDecimal possible() {
        return fixture.ledger.possible(job.id()).await().atMost(RealPostgres.LIMIT);
    }

    private List<String> states() {
        return postgres
                .rows("select state from provider_task where job_id = $1 order by attempt", Tuple.of(job.id()))
                .stream()
                .map((Row row) -> row.getString("state"))
                .toList();
    }

    private double count(String meter) {
        return fixture.meters.get(meter).counter().count();
    }
}
