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
import io.storyreel.worker.provider.health.ProviderOperation;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PaidCallsTest extends OnPostgres {
    private static final BigDecimal PRICE = new BigDecimal("0.0100");
    private static final Bought<Clip> SAID = new Bought<>(new Clip("speech/1"), PRICE);
    private final AtomicInteger calls = new AtomicInteger();
    private final CompletableFuture<Bought<Clip>> answer = new CompletableFuture<>();
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

        answer.complete(SAID);

        Awaitility.await().atMost(RealPostgres.LIMIT).untilAsserted(() -> assertThat(states())
                .containsExactly("succeeded"));
        assertThat(spent()).isEqualByComparingTo(PRICE);
    }

    @Test
    void books_a_call_that_ends_after_it_was_given_up() {
        cancelInMidCall();
        fixture.ledger.canceled(open(), null, "canceled with its job").await().atMost(RealPostgres.LIMIT);
        postgres.execute("update job set completed_at = now(), cost_actual = 0 where id = $1", Tuple.of(job.id()));

        answer.complete(SAID);

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

        answer.complete(SAID);

        assertThat(settled).succeedsWithin(RealPostgres.LIMIT);
        assertThat(states()).containsExactly("succeeded");
    }

    @Test
    void takes_the_answer_to_an_earlier_runs_call() {
        cancelInMidCall();

        var next = buying().subscribeAsCompletionStage();
        answer.complete(SAID);

        assertThat(next)
                .succeedsWithin(RealPostgres.LIMIT)
                .extracting(Bought::made)
                .isEqualTo(SAID.made());
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
                .isEqualTo(SAID.made());
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
        answer.complete(SAID);
        called(PRICE);

        buy();

        assertThat(states()).containsExactly("lost", "succeeded");
        assertThat(count("storyreel.provider.outcomes.unknown")).isEqualTo(1);
        assertThat(count("storyreel.provider.resubmissions")).isEqualTo(1);
    }

    @Test
    void remembers_a_call_of_which_nobody_can_say_whether_it_was_charged() {
        answer.completeExceptionally(new ChargedException(null, new IllegalStateException("no answer")));

        for (int run = 0; run < 2; run++) {
            assertThatThrownBy(this::buy).isInstanceOf(IllegalStateException.class);
        }

        assertThatThrownBy(this::buy).isInstanceOf(ProviderOutageException.class);
        assertThat(calls).hasValue(2);
    }

    @Test
    void repeats_at_once_and_as_often_as_it_takes_what_costs_nothing() {
        fixture = new PaidTasksFixture(postgres, Map.of("storyreel.providers.answer-limit", "10m"));
        answer.complete(SAID);
        for (int crash = 0; crash < 3; crash++) {
            givenUp(called(BigDecimal.ZERO));
        }
        called(BigDecimal.ZERO);

        fixture.calls
                .once(purchase(BigDecimal.ZERO), Clip.class, this::call)
                .await()
                .atMost(RealPostgres.LIMIT);

        assertThat(calls).hasValue(1);
    }

    @Test
    void leaves_it_to_the_call_to_count_what_it_was_charged() {
        fixture.calls
                .once(purchase(PRICE), Clip.class, () -> fixture.watch
                        .around(
                                "vendor",
                                ProviderOperation.SPEAK,
                                Uni.createFrom().item(SAID))
                        .invoke(said -> fixture.watch.spent("vendor", said.cost())))
                .await()
                .atMost(RealPostgres.LIMIT);

        assertThat(count("storyreel.provider.spend.usd")).isEqualTo(PRICE.doubleValue());
        assertThat(fixture.meters.get("storyreel.provider.latency").timer().count())
                .isEqualTo(1);
    }

    @Test
    void books_what_was_kept_when_its_worker_died() {
        called(PRICE);

        fixture.calls
                .kept(job.id(), Purpose.SPEECH, 1, "digest", SAID.made())
                .await()
                .atMost(RealPostgres.LIMIT);

        assertThat(states()).containsExactly("succeeded");
        assertThat(spent()).isEqualByComparingTo(PRICE);
    }

    @Test
    void leaves_the_booking_of_what_is_kept_to_a_call_that_is_still_under_way() {
        cancelInMidCall();

        fixture.calls
                .kept(job.id(), Purpose.SPEECH, 1, "digest", SAID.made())
                .await()
                .atMost(RealPostgres.LIMIT);

        assertThat(states()).containsExactly("begun");
        answer.complete(SAID);
    }

    private Uni<Bought<Clip>> call() {
        calls.incrementAndGet();
        return Uni.createFrom().completionStage(answer);
    }

    private Uni<Bought<Clip>> buying() {
        return fixture.calls.once(purchase(PRICE), Clip.class, this::call);
    }

    private Bought<Clip> buy() {
        return buying().await().atMost(RealPostgres.LIMIT);
    }

    private void cancelInMidCall() {
        var run = buying().subscribe().with(said -> {});
        Awaitility.await().atMost(RealPostgres.LIMIT).until(() -> calls.get() == 1);
        run.cancel();
    }

    /** An attempt of a worker that has died since. */
    private ProviderTask called(BigDecimal price) {
        ProviderTask task = fixture.ledger.begin(purchase(price)).await().atMost(RealPostgres.LIMIT);
        fixture.ledger.sending(task).await().atMost(RealPostgres.LIMIT);
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
