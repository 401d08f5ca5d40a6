package io.storyreel.api.provider;

import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.problem.Violation;
import io.storyreel.common.provider.ProviderOffer;
import io.storyreel.common.provider.ProviderOffer.Kind;
import io.storyreel.common.provider.ProviderOffers;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes a chain of what was asked for and what is configured.
 *
 * @param provider who renders when a request names nobody
 * @param fallback who stands in when a request does not say; those who cannot are left out
 */
public record ProviderChains(String provider, List<String> fallback) {
    public static final int MOST_FALLBACKS = 5;

    /** No provider has a longer name. */
    public static final int LONGEST_NAME = 40;

    public ProviderChains {
        fallback = List.copyOf(fallback);
    }

    /**
     * @param wantedProvider null for the configured one
     * @param wantedFallback null for the configured ones; empty for none
     * @throws ProblemException if that cannot be, saying why and what to change
     */
    public ProviderChain choose(ProviderOffers offers, String wantedProvider, List<String> wantedFallback) {
        if (wantedFallback != null && wantedFallback.size() > MOST_FALLBACKS) {
            throw invalid(
                    "fallback", "may name at most " + MOST_FALLBACKS + " providers, names " + wantedFallback.size());
        }
        ProviderOffer first = usable(offers, wantedProvider == null ? provider : wantedProvider, "provider");
        return new ProviderChain(
                first, wantedFallback == null ? configured(offers, first) : asked(offers, first, wantedFallback));
    }

    /** Free clips are made here: nobody would pay for a clip because our own machine is in trouble. */
    private List<ProviderOffer> configured(ProviderOffers offers, ProviderOffer first) {
        if (first.kind() == Kind.VIDEO || first.costsNothing()) {
            return List.of();
        }
        return fallback.stream()
                .distinct()
                .filter(name -> !name.equals(first.provider()))
                .map(offers::renderer)
                .filter(offer -> offer != null && offer.usable() && offer.kind() == Kind.CLIP)
                .limit(MOST_FALLBACKS)
                .toList();
    }

    private static List<ProviderOffer> asked(ProviderOffers offers, ProviderOffer first, List<String> wanted) {
        if (first.kind() == Kind.VIDEO && !wanted.isEmpty()) {
            throw unusable(
                    "fallback",
                    first.provider() + " makes whole videos, and fallbacks stand in for scenes: leave fallback out");
        }
        Set<String> named = new HashSet<>(Set.of(first.provider()));
        List<ProviderOffer> chosen = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            String field = "fallback[" + i + "]";
            String name = wanted.get(i);
            if (name == null || !named.add(name)) {
                throw invalid(
                        field,
                        name == null ? "must be a text" : "names " + shown(name) + " again: name everybody once");
            }
            ProviderOffer offer = usable(offers, name, field);
            if (offer.kind() == Kind.VIDEO) {
                throw unusable(field, name + " makes whole videos and cannot stand in for scenes: leave it out");
            }
            chosen.add(offer);
        }
        return chosen;
    }

    private static ProviderOffer usable(ProviderOffers offers, String name, String field) {
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw invalid(field, "must have 1 to " + LONGEST_NAME + " characters, has " + name.length());
        }
        ProviderOffer offer = offers.renderer(name);
        if (offer == null && !offers.reported()) {
            throw new ProblemException(
                    ProblemCode.UNAVAILABLE,
                    "No render worker has told yet which providers it has, so " + shown(name)
                            + " cannot be used: start a render worker, or use local.");
        }
        if (offer == null) {
            throw unusable(field, "there is no provider " + shown(name) + "; there are " + names(offers));
        }
        if (!offer.usable()) {
            throw unusable(field, name + " is not set up for the render workers: " + offer.missing());
        }
        return offer;
    }

    private static String names(ProviderOffers offers) {
        return offers.renderers().stream()
                .map(name -> offers.renderer(name).usable() ? name : name + " (not set up)")
                .collect(Collectors.joining(", "));
    }

    private static ProblemException unusable(String field, String message) {
        return new ProblemException(
                ProblemCode.UNUSABLE_PROVIDER,
                Character.toUpperCase(message.charAt(0)) + message.substring(1) + ".",
                List.of(new Violation(field, message)));
    }

    private static ProblemException invalid(String field, String message) {
        return new ProblemException(
                ProblemCode.INVALID_REQUEST, field + " " + message + ".", List.of(new Violation(field, message)));
    }

    private static String shown(String name) {
        return "\"" + name + "\"";
    }
}
