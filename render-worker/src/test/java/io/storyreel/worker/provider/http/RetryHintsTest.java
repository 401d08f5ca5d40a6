package io.storyreel.worker.provider.http;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

class RetryHintsTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final String MINUTE_PAST_NOON = "Sat, 21 Nov 2026 12:01:00 GMT";

    private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();

    @Test
    void reads_seconds() {
        assertThat(RetryHints.of(headers.set("Retry-After", "7"))).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void reads_a_date_by_the_clock_of_the_server_if_it_tells_it() {
        headers.set("Retry-After", MINUTE_PAST_NOON).set("Date", "Sat, 21 Nov 2026 12:00:30 GMT");

        assertThat(RetryHints.of(headers, NOON)).isEqualTo(Duration.ofSeconds(30));
        assertThat(RetryHints.of(headers)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void reads_a_date_by_our_clock_otherwise() {
        headers.set("Retry-After", MINUTE_PAST_NOON);

        assertThat(RetryHints.of(headers, NOON)).isEqualTo(Duration.ofMinutes(1));
        assertThat(RetryHints.of(headers)).isNull();
    }

    @Test
    void does_not_wait_for_a_date_that_is_over() {
        headers.set("Retry-After", MINUTE_PAST_NOON);

        assertThat(RetryHints.of(headers, NOON.plusSeconds(3_600))).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "Retry-After, 999999999",
        "Retry-After, 'Sat, 21 Nov 2099 12:00:00 GMT'",
        "x-ratelimit-reset-requests, 48h",
        "x-ratelimit-reset-requests, 99999999999999999999h99999999999999999999h"
    })
    void waits_for_a_day_at_most(String header, String hint) {
        assertThat(RetryHints.of(headers.set(header, hint), NOON)).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void knows_nothing_from_nonsense() {
        assertThat(RetryHints.of(headers.set("Retry-After", "soon"), NOON)).isNull();
    }
}
