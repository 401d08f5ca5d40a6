package io.storyreel.api.render;

import io.storyreel.api.render.WaitingLine.Waiter;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

class WaitingLineTest {
    private static final String HERE = "local";
    private static final String ELSEWHERE = "runway";

    @Test
    void counts_from_the_oldest() {
        WaitingLine line = new WaitingLine(List.of(waiter(3, HERE), waiter(1, HERE), waiter(2, HERE)));

        assertThat(line.placeOf(id(1), HERE)).isEqualTo(1);
        assertThat(line.placeOf(id(2), HERE)).isEqualTo(2);
        assertThat(line.placeOf(id(3), HERE)).isEqualTo(3);
    }

    @Test
    void a_job_that_came_later_stands_behind_all_that_were_there() {
        assertThat(new WaitingLine(List.of(waiter(1, HERE), waiter(2, HERE))).placeOf(id(3), HERE))
                .isEqualTo(3);
        assertThat(new WaitingLine(List.of()).placeOf(id(3), HERE)).isEqualTo(1);
    }

    @Test
    void a_job_that_came_back_stands_where_its_age_puts_it() {
        assertThat(new WaitingLine(List.of(waiter(1, HERE), waiter(3, HERE))).placeOf(id(2), HERE))
                .isEqualTo(2);
    }

    @Test
    void what_is_computed_here_waits_apart_from_what_is_made_elsewhere() {
        WaitingLine line = new WaitingLine(List.of(waiter(1, ELSEWHERE), waiter(2, ELSEWHERE), waiter(3, HERE)));

        assertThat(line.placeOf(id(3), HERE)).isEqualTo(1);
        assertThat(line.placeOf(id(2), "pika")).isEqualTo(2);
    }

    @Test
    void sorts_ids_as_the_database_does() {
        UUID low = UUID.fromString("01920000-0000-7000-7fff-ffffffffffff");
        UUID high = UUID.fromString("01920000-0000-7000-8000-000000000000");

        assertThat(new WaitingLine(List.of(new Waiter(low, HERE))).placeOf(high, HERE))
                .isEqualTo(2);
    }

    private static Waiter waiter(int age, String provider) {
        return new Waiter(id(age), provider);
    }

    private static UUID id(int age) {
        return new UUID(0x0192_0000_0000_7000L, Long.MIN_VALUE + age);
    }
}
