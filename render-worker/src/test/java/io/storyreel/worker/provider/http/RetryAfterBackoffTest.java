package io.storyreel.worker.provider.http;

import io.storyreel.worker.speech.SpeechUnavailableException;
import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class RetryAfterBackoffTest {

    @Test
    void waits_as_long_as_the_server_asks_for_and_a_little_more() {
        var busy = new SpeechUnavailableException("busy", Duration.ofSeconds(2), null);

        assertThat(new RetryAfterBackoff().nextDelayInMillis(busy)).isBetween(2_000L, 2_500L);
    }

    @Test
    void does_not_wait_for_minutes_whatever_the_server_asks_for() {
        var busy = new SpeechUnavailableException("busy", Duration.ofHours(1), null);

        assertThat(new RetryAfterBackoff().nextDelayInMillis(busy)).isBetween(30_000L, 37_500L);
    }

    @Test
    void does_not_come_back_at_once_although_the_server_says_so() {
        var backoff = new RetryAfterBackoff();
        var busy = new SpeechUnavailableException("busy", Duration.ZERO, null);

        assertThat(backoff.nextDelayInMillis(busy)).isBetween(375L, 500L);
        assertThat(backoff.nextDelayInMillis(busy)).isBetween(750L, 1_000L);
    }

    @Test
    void doubles_its_pauses_when_the_server_says_nothing() {
        var backoff = new RetryAfterBackoff();
        var down = new SpeechUnavailableException("down", null, null);

        assertThat(backoff.nextDelayInMillis(down)).isBetween(375L, 500L);
        assertThat(backoff.nextDelayInMillis(down)).isBetween(750L, 1_000L);
        assertThat(backoff.nextDelayInMillis(down)).isBetween(1_500L, 2_000L);
    }

    @Test
    void reads_every_form_of_hint_and_prefers_the_most_exact() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        assertThat(RetryHints.of(headers)).isNull();

        headers.add("x-ratelimit-reset-tokens", "6m0s");
        assertThat(RetryHints.of(headers)).isEqualTo(Duration.ofMinutes(6));
        headers.add("x-ratelimit-reset-requests", "12ms");
        assertThat(RetryHints.of(headers)).isEqualTo(Duration.ofMillis(12));
        headers.add("retry-after", "3");
        assertThat(RetryHints.of(headers)).isEqualTo(Duration.ofSeconds(3));
        headers.add("retry-after-ms", "250.5");
        assertThat(RetryHints.of(headers)).isEqualTo(Duration.ofMillis(251));
    }

    @Test
    void reads_a_date_by_the_clock_of_the_server() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .add("date", "Sat, 21 Nov 2026 10:00:00 GMT")
                .add("retry-after", "Sat, 21 Nov 2026 10:00:07 GMT");

        assertThat(RetryHints.of(headers)).isEqualTo(Duration.ofSeconds(7));
        assertThat(RetryHints.of(headers.remove("date"))).isNull();
    }

    @Test
    void ignores_hints_it_cannot_read() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("retry-after", "soon");

        assertThat(RetryHints.of(headers)).isNull();
    }
}
