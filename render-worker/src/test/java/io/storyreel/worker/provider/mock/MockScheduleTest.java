package io.storyreel.worker.provider.mock;

import io.storyreel.worker.TestSettings;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

class MockScheduleTest {

    @Test
    void takes_between_five_and_ten_seconds_and_always_the_same_for_a_job() {
        MockSettings settings = TestSettings.of(MockSettings.class, Map.of());
        UUID job = UUID.randomUUID();

        assertThat(MockSchedule.of(job, settings).total())
                .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10))
                .isEqualTo(MockSchedule.of(job, settings).total());
    }

    @Test
    void ends_at_once_when_set_to_zero() {
        MockSettings settings = TestSettings.of(
                MockSettings.class, Map.of("storyreel.mock.duration-min", "0s", "storyreel.mock.duration-max", "0s"));

        assertThat(MockSchedule.of(UUID.randomUUID(), settings).total()).isZero();
    }

    @Test
    void skips_no_stage() {
        assertThat(MockSchedule.stageAfter(0)).isEqualTo(10);
        assertThat(MockSchedule.stageAfter(10)).isEqualTo(30);
        assertThat(MockSchedule.stageAfter(89)).isEqualTo(90);
        assertThat(MockSchedule.stageAfter(90)).isEqualTo(100);
    }

    @Test
    void goes_on_where_an_adopted_task_was() {
        var schedule = new MockSchedule(Duration.ofSeconds(10));

        assertThat(schedule.until(60, Duration.ofSeconds(4))).isEqualTo(Duration.ofSeconds(2));
        assertThat(schedule.until(30, Duration.ofSeconds(4))).isNegative();
    }
}
