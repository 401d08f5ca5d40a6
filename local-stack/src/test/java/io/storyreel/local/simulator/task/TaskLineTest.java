package io.storyreel.local.simulator.task;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;

class TaskLineTest {

    private static final BigDecimal PRICE = new BigDecimal("0.25");

    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private Pace pace =
            Pace.exactly(Duration.ofSeconds(1), Duration.ofSeconds(10)).withConcurrency(2);
    private final TaskLine line = new TaskLine(() -> now, () -> pace);
    private int made;

    private Task enter(String id, Outcome outcome) {
        var task =
                new Task(id, "model", "about", JsonNodeFactory.instance.objectNode(), outcome, new Bill(PRICE), () -> {
                    made++;
                    return CompletableFuture.completedFuture(List.of());
                });
        line.enter(task);
        return task;
    }

    private Task enter(String id) {
        return enter(id, Outcome.success());
    }

    private void pass(int seconds) {
        now = now.plusSeconds(seconds);
    }

    private Phase phase(Task task) {
        return line.state(task).phase();
    }

    @Test
    void as_many_as_allowed_run_and_the_others_wait_in_order() {
        var first = enter("1");
        var second = enter("2");
        var third = enter("3");
        var fourth = enter("4");

        assertThat(phase(third)).isEqualTo(Phase.QUEUED);
        pass(1);
        assertThat(phase(first)).isEqualTo(Phase.RUNNING);
        assertThat(phase(second)).isEqualTo(Phase.RUNNING);
        assertThat(phase(third)).isEqualTo(Phase.THROTTLED);
        assertThat(line.state(third).position()).isZero();
        assertThat(line.state(fourth).position()).isEqualTo(1);
        pass(5);
        assertThat(line.state(first).progress()).isEqualTo(0.5);
    }

    @Test
    void whoever_looks_late_finds_everything_as_if_somebody_had_always_looked() {
        enter("1");
        enter("2");
        var third = enter("3");
        var fourth = enter("4");

        pass(11 + 4);

        assertThat(line.state(third).startedAt()).isEqualTo(Instant.parse("2026-11-21T10:00:11Z"));
        assertThat(line.state(fourth).progress()).isEqualTo(0.4);
        pass(6);
        assertThat(phase(third)).isEqualTo(Phase.SUCCEEDED);
    }

    @Test
    void a_cancelled_task_gives_its_place_to_the_next_and_costs_nothing() {
        var first = enter("1");
        enter("2");
        var third = enter("3");
        pass(3);

        line.cancel(first);

        assertThat(phase(first)).isEqualTo(Phase.CANCELED);
        assertThat(line.state(third).startedAt()).isEqualTo(now);
        assertThat(first.bill().charged()).isZero();
    }

    @Test
    void what_is_due_is_charged_although_nobody_asks_and_its_media_is_not_made() {
        var good = enter("1");
        var bad = enter("2", new Outcome.Failure("", "broken", false));
        var kept = enter("3", new Outcome.Failure("", "unwanted", true));
        var stuck = enter("4", new Outcome.Stuck());
        pass(100);

        line.settle();

        assertThat(good.bill().charged()).isEqualByComparingTo(PRICE);
        assertThat(bad.bill().charged()).isZero();
        assertThat(kept.bill().charged()).isEqualByComparingTo(PRICE);
        assertThat(stuck.bill().charged()).isZero();
        assertThat(made).isZero();
        assertThat(phase(stuck)).isEqualTo(Phase.RUNNING);
        assertThat(line.state(stuck).progress()).isEqualTo(0.4);
    }

    @Test
    void finished_tasks_are_forgotten_and_living_ones_are_not() {
        enter("1");
        pass(20);
        enter("2");
        pass(60);
        var living = enter("3");

        line.age(Duration.ofSeconds(65));

        assertThat(line.find("1")).isEmpty();
        assertThat(line.find("2")).isPresent();
        assertThat(line.find("3")).contains(living);
    }

    @Test
    void an_address_works_until_its_life_is_over_or_it_is_told_to_expire() {
        pace = pace.withOutputLife(Duration.ofSeconds(30));
        var task = enter("1");
        var token = line.addressToken(task);

        assertThat(line.opens(task, token)).isTrue();
        assertThat(line.opens(task, "")).isFalse();
        assertThat(line.opens(task, "x-1")).isFalse();
        pass(30);
        assertThat(line.opens(task, token)).isFalse();
        var renewed = line.addressToken(task);
        line.expireAddresses(task);
        assertThat(line.opens(task, renewed)).isFalse();
    }
}
