package io.storyreel.api.health;

import io.storyreel.common.provider.ProviderHealth;
import io.storyreel.common.provider.ProviderHealth.Circuit;
import io.storyreel.common.provider.ProviderHealth.LastError;
import io.storyreel.common.provider.ProviderOffer;
import io.storyreel.common.provider.ProviderOffer.Kind;
import io.storyreel.common.provider.ProviderState;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class VideoHealthTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final ProviderHealth CUT =
            new ProviderHealth(Circuit.OPEN, NOW.minusSeconds(60), error(NOW.minusSeconds(5)), 200L, null);
    private static final ProviderHealth FINE =
            new ProviderHealth(Circuit.CLOSED, NOW, error(NOW.minusSeconds(50)), 100L, null);

    @Test
    void is_down_while_no_worker_lives() {
        assertThat(status(List.of())).isEqualTo("down");
        assertThat(status(List.of(runway(FINE, null, false)))).isEqualTo("down");
    }

    @Test
    void is_down_when_everybody_who_renders_is_left_alone() {
        assertThat(status(List.of(runway(CUT, null, true)))).isEqualTo("down");
        assertThat(status(List.of(runway(CUT, null, true), local()))).isEqualTo("degraded");
    }

    @Test
    void is_up_again_once_a_call_has_succeeded_after_the_last_error() {
        assertThat(status(List.of(runway(FINE, null, true), local()))).isEqualTo("up");
    }

    @Test
    void does_not_mind_a_provider_that_nobody_has_set_up() {
        assertThat(status(List.of(runway(CUT, "RUNWAYML_API_KEY is not set", true), local())))
                .isEqualTo("up");
    }

    @Test
    void minds_a_provider_that_wishes_to_be_left_alone_but_only_for_as_long() {
        var limited = new ProviderHealth(Circuit.CLOSED, NOW, null, 100L, NOW.plusSeconds(1));
        var over = new ProviderHealth(Circuit.CLOSED, NOW, null, 100L, NOW.minusSeconds(1));

        assertThat(status(List.of(runway(limited, null, true), local()))).isEqualTo("degraded");
        assertThat(status(List.of(runway(over, null, true), local()))).isEqualTo("up");
    }

    @Test
    void tells_the_worst_circuit_and_the_latest_news_of_all_workers() {
        var merged = VideoHealth.of(List.of(runway(FINE, null, true), runway(CUT, null, true)), NOW)
                .providers()
                .get(0);

        assertThat(merged.circuit()).isEqualTo("open");
        assertThat(merged.lastSuccessAt()).isEqualTo(NOW);
        assertThat(merged.lastError().at()).isEqualTo(NOW.minusSeconds(5));
        assertThat(merged.latencyMsP50()).isEqualTo(100L);
    }

    private static String status(List<ProviderState> states) {
        return VideoHealth.of(states, NOW).status();
    }

    private static ProviderState local() {
        return new ProviderState(ProviderOffer.free("local", Kind.CLIP), ProviderHealth.UNKNOWN, NOW, true);
    }

    private static ProviderState runway(ProviderHealth health, String missing, boolean living) {
        var offer = ProviderOffer.clips("runway", "gen4", Map.of(5, BigDecimal.ONE), Set.of(), missing);
        return new ProviderState(offer, health, NOW, living);
    }

    private static LastError error(Instant at) {
        return new LastError("timeout", "it took too long to answer", at);
    }
}
