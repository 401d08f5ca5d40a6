package io.storyreel.worker.provider.http;

import io.storyreel.worker.provider.OutcomeUnknownException;
import io.storyreel.worker.provider.ProviderBusyException;
import io.storyreel.worker.provider.ProviderOutageException;
import io.storyreel.worker.provider.ProviderRefusedException;
import io.storyreel.worker.provider.ProviderRefusedException.Reason;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class PassesSoonTest {
    private static final Duration NOT_SAID = null;

    private final PassesSoon soon = new PassesSoon();
    private final PassesSoon soonOrLost = new PassesSoonOrLost();

    @Test
    void repeats_what_definitely_did_not_happen() {
        assertThat(soon)
                .accepts(
                        new ProviderOutageException("down", NOT_SAID),
                        new ProviderBusyException("busy", NOT_SAID),
                        new ProviderBusyException("busy", Duration.ofSeconds(30)));
    }

    @Test
    void leaves_long_pauses_to_the_job() {
        assertThat(soon)
                .rejects(
                        new ProviderBusyException("used up for today", Duration.ofMinutes(15)),
                        new ProviderOutageException("maintenance", Duration.ofMinutes(5)));
    }

    @Test
    void repeats_no_refusal() {
        assertThat(soonOrLost).rejects(new ProviderRefusedException(Reason.CONTENT, "no"));
    }

    @Test
    void repeats_what_got_lost_only_if_it_does_no_harm() {
        Throwable lost = new OutcomeUnknownException("lost", null);

        assertThat(soon).rejects(lost);
        assertThat(soonOrLost).accepts(lost);
    }
}
