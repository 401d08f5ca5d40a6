package io.storyreel.worker.webhook;

import io.storyreel.worker.TestSettings;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RetryScheduleTest {
    private static final Duration MOST = Duration.ofHours(1);
    private final RetrySchedule usual =
            new RetrySchedule(TestSettings.of(WebhookSettings.class, Map.of()).schedule(), MOST);

    @Test
    void tries_at_least_eight_times_within_a_day_and_over_a_day() {
        List<Duration> pauses = IntStream.range(0, 7)
                .mapToObj(failures -> usual.after(failures, null, 0))
                .toList();
        assertThat(pauses).doesNotContainNull();
        assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
                .isBetween(Duration.ofHours(24), Duration.ofHours(25));
        assertThat(usual.after(7, null, 0)).isNull();
    }

    @Test
    void lengthens_pauses_by_up_to_a_fifth() {
        assertThat(usual.after(1, null, 0)).isEqualTo(Duration.ofMinutes(1));
        assertThat(usual.after(1, null, 0.5)).isEqualTo(Duration.ofSeconds(66));
        assertThat(usual.after(1, null, 1)).isEqualTo(Duration.ofSeconds(72));
    }

    @Test
    void waits_as_long_as_the_receiver_asks_but_no_shorter_and_not_for_ever() {
        assertThat(usual.after(0, Duration.ofSeconds(90), 0)).isEqualTo(Duration.ofSeconds(90));
        assertThat(usual.after(1, Duration.ofSeconds(3), 0)).isEqualTo(Duration.ofMinutes(1));
        assertThat(usual.after(1, Duration.ofDays(1), 0)).isEqualTo(MOST);
    }

    @Test
    void does_without_pauses_for_no_receiver() {
        assertThatThrownBy(() -> new RetrySchedule(List.of(), MOST)).hasMessageContaining("at least one try");
    }
}
