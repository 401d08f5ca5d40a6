package io.storyreel.api.queue;

import io.storyreel.api.queue.WaitingLine.Waiter;
import io.storyreel.common.job.JobPriority;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.UUID;

import static io.storyreel.common.job.JobPriority.HIGH;
import static io.storyreel.common.job.JobPriority.LOW;
import static io.storyreel.common.job.JobPriority.NORMAL;
import static org.assertj.core.api.Assertions.assertThat;

class WaitingLineTest {
    private static final String HERE = "local";
    private static final String ELSEWHERE = "runway";

    @Test
    void counts_from_the_oldest() {
        WaitingLine line = new WaitingLine(List.of(waiter(3, HERE), waiter(1, HERE), waiter(2, HERE)));

        assertThat(line.placeOf(waiter(1, HERE))).isEqualTo(1);
        assertThat(line.placeOf(waiter(2, HERE))).isEqualTo(2);
        assertThat(line.placeOf(waiter(3, HERE))).isEqualTo(3);
    }

    @Test
    void a_job_that_came_later_stands_behind_all_that_were_there() {
        assertThat(new WaitingLine(List.of(waiter(1, HERE), waiter(2, HERE))).placeOf(waiter(3, HERE)))
                .isEqualTo(3);
        assertThat(new WaitingLine(List.of()).placeOf(waiter(3, HERE))).isEqualTo(1);
    }

    @Test
    void a_job_that_came_back_stands_where_its_age_puts_it() {
        assertThat(new WaitingLine(List.of(waiter(1, HERE), waiter(3, HERE))).placeOf(waiter(2, HERE)))
                .isEqualTo(2);
    }

    @Test
    void what_is_computed_here_waits_apart_from_what_is_made_elsewhere() {
        WaitingLine line = new WaitingLine(List.of(waiter(1, ELSEWHERE), waiter(2, ELSEWHERE), waiter(3, HERE)));

        assertThat(line.placeOf(waiter(3, HERE))).isEqualTo(1);
        assertThat(line.placeOf(waiter(2, "pika"))).isEqualTo(2);
    }

    @Test
    void who_is_more_urgent_stands_before_those_that_came_earlier() {
        WaitingLine line =
                new WaitingLine(List.of(waiter(1, HERE, LOW), waiter(2, HERE), waiter(3, HERE), waiter(4, HERE, HIGH)));

        assertThat(line.placeOf(waiter(4, HERE, HIGH))).isEqualTo(1);
        assertThat(line.placeOf(waiter(2, HERE))).isEqualTo(2);
        assertThat(line.placeOf(waiter(3, HERE))).isEqualTo(3);
        assertThat(line.placeOf(waiter(1, HERE, LOW))).isEqualTo(4);
        assertThat(line.placeOf(waiter(5, HERE, HIGH))).as("came since").isEqualTo(2);
    }

    @Test
    void sorts_ids_as_the_database_does() {
        UUID low = UUID.fromString("01920000-0000-7000-7fff-ffffffffffff");
        UUID high = UUID.fromString("01920000-0000-7000-8000-000000000000");

        assertThat(new WaitingLine(List.of(new Waiter(low, HERE, NORMAL))).placeOf(new Waiter(high, HERE, NORMAL)))
                .isEqualTo(2);
    }

    private static Waiter waiter(int age, String provider) {
        return waiter(age, provider, NORMAL);
    }

    private static Waiter waiter(int age, String provider, JobPriority priority) {
        return new Waiter(id(age), provider, priority);
    }

    private static UUID id(int age) {
        return new UUID(0x0192_0000_0000_7000L, Long.MIN_VALUE + age);
    }
}
