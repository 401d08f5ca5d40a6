package io.storyreel.common.provider;

import io.storyreel.common.provider.ProviderOffer.Kind;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What can be had from whom, as the workers say. Living workers are believed before dead ones, one that can use a
 * provider before one that cannot, and otherwise the latest.
 */
public final class ProviderOffers {
    /** Before any worker has ever reported: what needs nothing but a worker. */
    public static final ProviderOffers BUILT_IN = new ProviderOffers(
            Map.of("local", ProviderOffer.free("local", Kind.CLIP), "mock", ProviderOffer.free("mock", Kind.VIDEO)),
            Map.of(),
            false);

    private static final Comparator<ProviderState> TRUST = Comparator.comparing(ProviderState::living)
            .thenComparing(state -> state.offer().usable())
            .thenComparing(ProviderState::reportedAt);

    private final Map<String, ProviderOffer> pictures;
    private final Map<String, ProviderOffer> voices;
    private final boolean reported;

    private ProviderOffers(Map<String, ProviderOffer> pictures, Map<String, ProviderOffer> voices, boolean reported) {
        this.pictures = new TreeMap<>(pictures);
        this.voices = new TreeMap<>(voices);
        this.reported = reported;
    }

    public static ProviderOffers of(Collection<ProviderState> states) {
        if (states.isEmpty()) {
            return BUILT_IN;
        }
        return new ProviderOffers(
                best(states, List.of(Kind.CLIP, Kind.VIDEO)), best(states, List.of(Kind.SPEECH)), true);
    }

    private static Map<String, ProviderOffer> best(Collection<ProviderState> states, List<Kind> kinds) {
        Map<String, ProviderState> trusted = new TreeMap<>();
        states.stream()
                .filter(state -> kinds.contains(state.offer().kind()))
                .forEach(state -> trusted.merge(
                        state.offer().provider(), state, (one, other) -> TRUST.compare(one, other) >= 0 ? one : other));
        Map<String, ProviderOffer> offers = new TreeMap<>();
        trusted.forEach((name, state) -> offers.put(name, state.offer()));
        return offers;
    }

    /** Whether any worker has ever said anything. */
    public boolean reported() {
        return reported;
    }

    /** Who renders under that name: of clips or of whole videos; null if nobody does. */
    public ProviderOffer renderer(String name) {
        return pictures.get(name);
    }

    /** Names of all who render, usable or not. */
    public SortedSet<String> renderers() {
        return new TreeSet<>(pictures.keySet());
    }

    /** Who speaks; null if nobody does. Workers publish the speaker of their configuration and no other. */
    public ProviderOffer speaker() {
        return voices.values().stream()
                .filter(ProviderOffer::usable)
                .findFirst()
                .orElse(null);
    }
}
