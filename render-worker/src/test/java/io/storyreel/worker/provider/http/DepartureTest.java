package io.storyreel.worker.provider.http;

import io.smallrye.mutiny.Uni;
import io.storyreel.worker.provider.OutcomeUnknownException;
import io.storyreel.worker.provider.ProviderOutageException;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class DepartureTest {
    private static final Throwable TIME_OUT = new IllegalStateException("timed out");

    private final Departure departure = new Departure();

    @Test
    void takes_a_time_out_for_what_it_is_while_the_order_waits_here() {
        assertThat(departure.meaning("runway", TIME_OUT)).isSameAs(TIME_OUT);
    }

    @Test
    void does_not_know_what_became_of_an_order_that_was_on_its_way() {
        departure.of(() -> Uni.createFrom().nothing()).subscribe().with(never -> {});

        assertThat(departure.meaning("runway", TIME_OUT)).isInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void is_sure_after_a_definite_failure() {
        attempt(new ProviderOutageException("down", Duration.ZERO));

        assertThat(departure.meaning("runway", TIME_OUT)).isSameAs(TIME_OUT);
    }

    @Test
    void keeps_its_doubts_when_a_later_try_fails_definitely() {
        attempt(new OutcomeUnknownException("lost", null));
        attempt(new ProviderOutageException("down", Duration.ZERO));

        assertThat(departure.meaning("custom", TIME_OUT)).isInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void is_sure_of_an_order_that_could_not_even_be_written() {
        departure
                .of(() -> {
                    throw new IllegalStateException("no key");
                })
                .subscribe()
                .with(never -> {}, expected -> {});

        assertThat(departure.meaning("runway", TIME_OUT)).isSameAs(TIME_OUT);
    }

    private void attempt(Throwable failure) {
        departure.of(() -> Uni.createFrom().failure(failure)).subscribe().with(never -> {}, expected -> {});
    }
}
