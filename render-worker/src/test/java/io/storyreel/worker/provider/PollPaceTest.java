package io.storyreel.worker.provider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PollPaceTest {
    private static final double NO_LUCK_EITHER_WAY = 0.5;
    private static final PollPace PACE =
            new PollPace(Duration.ofSeconds(6), Duration.ofSeconds(15), Duration.ofMinutes(2), 0.25);

    @ParameterizedTest
    @CsvSource({"0, 6000", "60, 10500", "120, 15000", "100000, 15000", "-5, 6000"})
    void asks_less_often_the_longer_a_task_lasts(long elapsedSeconds, long millis) {
        assertThat(PACE.next(Duration.ofSeconds(elapsedSeconds), NO_LUCK_EITHER_WAY))
                .isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void spreads_questions_by_its_jitter() {
        assertThat(PACE.next(Duration.ZERO, 0)).isEqualTo(Duration.ofMillis(4_500));
        assertThat(PACE.next(Duration.ZERO, 1)).isEqualTo(Duration.ofMillis(7_500));
        assertThat(PACE.next(Duration.ZERO)).isBetween(Duration.ofMillis(4_500), Duration.ofMillis(7_500));
    }

    @Test
    void grows_by_a_constant_factor_from_one_question_to_the_next() {
        PollPace pace = new PollPace(Duration.ofSeconds(3), Duration.ofSeconds(15), Duration.ofSeconds(40), 0);
        Duration first = pace.next(Duration.ZERO);
        Duration second = pace.next(first);
        Duration third = pace.next(first.plus(second));

        assertThat(second).isEqualTo(Duration.ofMillis(3_900));
        assertThat(third).isEqualTo(Duration.ofMillis(5_070));
    }

    @Test
    void refuses_a_pace_that_leaves_no_pause() {
        Duration second = Duration.ofSeconds(1);

        assertThatThrownBy(() -> new PollPace(Duration.ZERO, second, second, 0))
                .hasMessageContaining("without a pause");
        assertThatThrownBy(() -> new PollPace(second.multipliedBy(2), second, second, 0))
                .hasMessageContaining("below the shortest");
        assertThatThrownBy(() -> new PollPace(second, second, second, 1)).hasMessageContaining("jitter");
    }
}
