package io.storyreel.api.health;

import io.storyreel.common.provider.ProviderHealth;
import io.storyreel.common.provider.ProviderHealth.Circuit;
import io.storyreel.common.provider.ProviderHealth.LastError;
import io.storyreel.common.provider.ProviderOffer;
import io.storyreel.common.provider.ProviderOffer.Kind;
import io.storyreel.common.provider.ProviderState;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether videos can be made, as far as that depends on workers and providers. */
@Schema(name = "VideoHealth")
public record VideoHealth(
        @Schema(enumeration = {"up", "degraded", "down"}) String status,
        @Schema(description = "Whether any render worker has reported lately") boolean workers,
        List<Provider> providers) {

    /** One provider, seen by all living workers together. */
    @Schema(name = "ProviderHealth")
    public record Provider(
            String name,
            @Schema(enumeration = {"clip", "video", "image", "speech"}) String kind,
            boolean configured,
            @Schema(description = "What keeps it from being used, naming the setting") String missing,
            @Schema(
                            enumeration = {"closed", "half_open", "open"},
                            description = "The worst of all workers; null if it is not called over a network")
                    String circuit,
            Instant lastSuccessAt,
            Error lastError,
            @Schema(description = "Median of the last calls; of several workers the one in the middle")
                    Long latencyMsP50,
            Instant rateLimitedUntil) {}

    /** In words of ours. */
    @Schema(name = "ProviderError")
    public record Error(String kind, String message, Instant at) {}

    private record Key(Kind kind, String name) {}

    static VideoHealth of(Collection<ProviderState> states, Instant now) {
        Map<Key, List<ProviderState>> byProvider = states.stream()
                .filter(ProviderState::living)
                .collect(Collectors.groupingBy(
                        state -> new Key(state.offer().kind(), state.offer().provider()),
                        () -> new TreeMap<>(Comparator.comparing(Key::kind).thenComparing(Key::name)),
                        Collectors.toList()));
        List<Provider> providers =
                byProvider.values().stream().map(VideoHealth::merged).toList();
        return new VideoHealth(status(providers, now), !providers.isEmpty(), providers);
    }

    private static Provider merged(List<ProviderState> states) {
        ProviderOffer offer = states.stream()
                .map(ProviderState::offer)
                .max(Comparator.comparing(ProviderOffer::usable))
                .orElseThrow();
        LastError error = of(states, ProviderHealth::lastError)
                .max(Comparator.comparing(LastError::at))
                .orElse(null);
        return new Provider(
                offer.provider(),
                offer.kind().name().toLowerCase(Locale.ROOT),
                offer.usable(),
                offer.missing(),
                of(states, ProviderHealth::circuit)
                        .max(Comparator.naturalOrder())
                        .map(worst -> worst.name().toLowerCase(Locale.ROOT))
                        .orElse(null),
                latest(states, ProviderHealth::lastSuccessAt),
                error == null ? null : new Error(error.kind(), error.message(), error.at()),
                middle(of(states, ProviderHealth::latencyMsP50).sorted().toList()),
                latest(states, ProviderHealth::rateLimitedUntil));
    }

    private static <T> Stream<T> of(List<ProviderState> states, Function<ProviderHealth, T> part) {
        return states.stream().map(state -> part.apply(state.health())).filter(Objects::nonNull);
    }

    private static Instant latest(List<ProviderState> states, Function<ProviderHealth, Instant> part) {
        return of(states, part).max(Comparator.naturalOrder()).orElse(null);
    }

    private static Long middle(List<Long> sorted) {
        return sorted.isEmpty() ? null : sorted.get((sorted.size() - 1) / 2);
    }

    /** Providers that nobody has set up do not count. */
    private static String status(List<Provider> providers, Instant now) {
        List<Provider> used = providers.stream().filter(Provider::configured).toList();
        boolean canRender = used.stream()
                .filter(provider -> Set.of("clip", "video").contains(provider.kind()))
                .anyMatch(provider -> !isOpen(provider));
        if (!canRender) {
            return "down";
        }
        return used.stream().anyMatch(provider -> isTroubled(provider, now)) ? "degraded" : "up";
    }

    private static boolean isOpen(Provider provider) {
        return Circuit.OPEN.name().toLowerCase(Locale.ROOT).equals(provider.circuit());
    }

    private static boolean isTroubled(Provider provider, Instant now) {
        boolean limited = provider.rateLimitedUntil() != null
                && provider.rateLimitedUntil().isAfter(now);
        boolean failedLast = provider.lastError() != null
                && (provider.lastSuccessAt() == null
                        || provider.lastError().at().isAfter(provider.lastSuccessAt()));
        boolean cut = provider.circuit() != null
                && !Circuit.CLOSED.name().toLowerCase(Locale.ROOT).equals(provider.circuit());
        return limited || failedLast || cut;
    }
}
