package io.storyreel.common.provider;

import io.storyreel.common.provider.ProviderOffer.Kind;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class ProviderOffersTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @Test
    void knows_what_needs_only_a_worker_before_any_worker_has_reported() {
        var offers = ProviderOffers.of(List.of());

        assertThat(offers.reported()).isFalse();
        assertThat(offers.renderers()).containsExactly("local", "mock");
    }

    @Test
    void believes_the_living_before_the_dead_however_late_these_spoke() {
        var offers = ProviderOffers.of(List.of(
                state(runway("0.10", null), NOW, false), state(runway("0.20", null), NOW.minusSeconds(9), true)));

        assertThat(offers.renderer("runway").clipPrices().get(5)).isEqualTo("0.20");
    }

    @Test
    void still_knows_the_offers_of_workers_that_are_gone() {
        var offers = ProviderOffers.of(List.of(state(runway("0.10", null), NOW, false)));

        assertThat(offers.renderer("runway").usable()).isTrue();
        assertThat(offers.renderer("local")).isNull();
    }

    @Test
    void prefers_a_worker_that_can_use_the_provider() {
        var offers = ProviderOffers.of(List.of(
                state(runway("0.10", "RUNWAYML_API_KEY is not set"), NOW, true),
                state(runway("0.10", null), NOW.minusSeconds(3), true)));

        assertThat(offers.renderer("runway").usable()).isTrue();
    }

    @Test
    void does_not_take_a_speaker_for_a_renderer() {
        var speech = new ProviderOffer("openai", Kind.SPEECH, null, null, new BigDecimal("15"), Set.of(), null);
        var offers = ProviderOffers.of(List.of(state(speech, NOW, true)));

        assertThat(offers.renderers()).isEmpty();
        assertThat(offers.speaker().unitPrice()).isEqualTo("15");
    }

    private static ProviderOffer runway(String price, String missing) {
        return ProviderOffer.clips("runway", "gen4", Map.of(5, new BigDecimal(price)), Set.of(), missing);
    }

    private static ProviderState state(ProviderOffer offer, Instant reportedAt, boolean living) {
        return new ProviderState(offer, ProviderHealth.UNKNOWN, reportedAt, living);
    }
}
