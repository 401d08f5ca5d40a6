package io.storyreel.common.provider;

import io.storyreel.common.provider.ProviderOffer.Kind;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
            List.of(),
            null,
            false);

    private static final Comparator<ProviderState> TRUST = Comparator.comparing(ProviderState::living)
            .thenComparing(state -> state.offer().usable())
            .thenComparing(ProviderState::reportedAt);

    private final Map<String, ProviderOffer> renderers;
    private final List<ProviderOffer> painters;
    private final ProviderOffer speaker;
    private final boolean reported;

    private ProviderOffers(
            Map<String, ProviderOffer> renderers,
            List<ProviderOffer> painters,
            ProviderOffer speaker,
            boolean reported) {
        this.renderers = new TreeMap<>(renderers);
        this.painters = List.copyOf(painters);
        this.speaker = speaker;
        this.reported = reported;
    }

    public static ProviderOffers of(Collection<ProviderState> states) {
        if (states.isEmpty()) {
            return BUILT_IN;
        }
        Map<String, ProviderOffer> renderers = new TreeMap<>();
        trusted(states, Set.of(Kind.CLIP, Kind.VIDEO))
                .forEach(state -> renderers.put(state.offer().provider(), state.offer()));
        ProviderOffer speaker = trusted(states, Set.of(Kind.SPEECH)).stream()
                .filter(state -> state.offer().usable())
                .min(Comparator.comparing(state -> state.report().turn()))
                .map(ProviderState::offer)
                .orElse(null);
        List<ProviderOffer> painters = trusted(states, Set.of(Kind.IMAGE)).stream()
                .map(ProviderState::offer)
                .toList();
        return new ProviderOffers(renderers, painters, speaker, true);
    }

    /** What is believed of each provider, by name. */
    private static Collection<ProviderState> trusted(Collection<ProviderState> states, Set<Kind> kinds) {
        Map<String, ProviderState> trusted = new TreeMap<>();
        states.stream()
                .filter(state -> kinds.contains(state.offer().kind()))
                .forEach(state -> trusted.merge(
                        state.offer().provider(), state, (one, other) -> TRUST.compare(one, other) >= 0 ? one : other));
        return trusted.values();
    }

    /** Whether any worker has ever said anything. */
    public boolean reported() {
        return reported;
    }

    /** Who renders under that name: of clips or of whole videos; null if nobody does. */
    public ProviderOffer renderer(String name) {
        return renderers.get(name);
    }

    /** Names of all who render, usable or not. */
    public SortedSet<String> renderers() {
        return new TreeSet<>(renderers.keySet());
    }

    /** All who make pictures of words, usable or not, by name. */
    public List<ProviderOffer> painters() {
        return painters;
    }

    /** Who is asked first to speak; null if nobody speaks. */
    public ProviderOffer speaker() {
        return speaker;
    }
}
