package io.storyreel.api.provider;

import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.provider.ProviderHealth;
import io.storyreel.common.provider.ProviderOffer;
import io.storyreel.common.provider.ProviderOffer.Kind;
import io.storyreel.common.provider.ProviderOffers;
import io.storyreel.common.provider.ProviderState;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ProviderChainsTest {
    private static final ProviderOffers OFFERS = ProviderOffers.of(Stream.of(
                    ProviderOffer.free("local", Kind.CLIP),
                    ProviderOffer.free("mock", Kind.VIDEO),
                    clips("runway", null),
                    clips("replicate", null),
                    clips("pika", "PIKA_API_KEY is not set: set it to your key"))
            .map(offer -> new ProviderState(offer, ProviderHealth.UNKNOWN, Instant.EPOCH, true))
            .toList());

    private final ProviderChains chains = new ProviderChains("runway", List.of("pika", "mock", "runway", "local"));

    @Test
    void takes_the_configured_provider_and_those_configured_fallbacks_that_can_stand_in() {
        ProviderChain chain = chains.choose(OFFERS, null, null);

        assertThat(chain.first().provider()).isEqualTo("runway");
        assertThat(chain.fallbackNames()).containsExactly("local");
    }

    @Test
    void gives_no_configured_fallback_to_what_is_made_here_or_in_one_piece() {
        assertThat(chains.choose(OFFERS, "local", null).fallbacks()).isEmpty();
        assertThat(chains.choose(OFFERS, "mock", null).fallbacks()).isEmpty();
    }

    @Test
    void takes_no_fallback_where_none_is_wished() {
        assertThat(chains.choose(OFFERS, "replicate", List.of()).fallbacks()).isEmpty();
        assertThat(chains.choose(OFFERS, "replicate", List.of("runway", "local"))
                        .fallbackNames())
                .containsExactly("runway", "local");
    }

    @Test
    void before_any_worker_has_reported_only_what_every_worker_has_can_be_asked_for() {
        assertThat(new ProviderChains("local", List.of())
                        .choose(ProviderOffers.BUILT_IN, "mock", null)
                        .first()
                        .provider())
                .isEqualTo("mock");
        var refusal = catchThrowableOfType(
                ProblemException.class, () -> chains.choose(ProviderOffers.BUILT_IN, "runway", null));
        assertThat(refusal.problem().code()).isEqualTo(ProblemCode.UNAVAILABLE.wireName());
    }

    @Test
    void names_longer_than_any_provider_has_are_refused_as_such_not_as_unknown() {
        var refusal = catchThrowableOfType(
                ProblemException.class, () -> chains.choose(OFFERS, "local", List.of("a".repeat(41))));
        assertThat(refusal.problem().status()).isEqualTo(400);
        assertThat(refusal.problem().detail()).isEqualTo("fallback[0] must have 1 to 40 characters, has 41.");
    }

    private static ProviderOffer clips(String name, String missing) {
        return ProviderOffer.clips(name, "m", Map.of(5, BigDecimal.ONE), Set.of(), missing);
    }
}
