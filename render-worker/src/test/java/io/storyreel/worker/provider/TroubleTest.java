package io.storyreel.worker.provider;

import io.smallrye.faulttolerance.api.RateLimitException;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class TroubleTest {

    @Test
    void comes_back_when_the_window_is_over_and_not_before() {
        assertThat(Trouble.ofQuestion("pika", new RateLimitException(0, "full")))
                .isInstanceOfSatisfying(ProviderBusyException.class, busy -> assertThat(busy.retryAfter())
                        .isGreaterThanOrEqualTo(Duration.ofMillis(50)));
        assertThat(Trouble.ofOrder("pika", new RateLimitException(800, "full")))
                .isInstanceOfSatisfying(ProviderBusyException.class, busy -> assertThat(busy.retryAfter())
                        .isBetween(Duration.ofMillis(850), Duration.ofMillis(1_350)));
    }
}
