package io.storyreel.common.provider;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.storyreel.common.storyboard.AspectRatio;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a provider can make, for how much, and whether it is set up. Workers publish it; whoever plans reads it.
 *
 * @param provider its name in requests, rows and configuration
 * @param model the vendor's name of the model; null if there is no choice
 * @param clipPrices for clips: every length that can be bought, in whole seconds, with its price in USD; empty if any
 *     length can be had
 * @param unitPrice in USD: of a second for videos and for clips of any length, of a picture for images, of a million
 *     characters for speech
 * @param ratios the shapes it can make; empty for all
 * @param missing what keeps it from being used, naming the setting; null if it can be used
 * @param unpriced why nobody can say what it costs, naming the setting; null if the prices are known
 */
@RegisterForReflection
public record ProviderOffer(
        String provider,
        Kind kind,
        String model,
        SortedMap<Integer, BigDecimal> clipPrices,
        BigDecimal unitPrice,
        Set<AspectRatio> ratios,
        String missing,
        String unpriced) {

    /** What is made. */
    public enum Kind {
        CLIP,
        VIDEO,
        IMAGE,
        SPEECH
    }

    public ProviderOffer {
        clipPrices = clipPrices == null ? new TreeMap<>() : new TreeMap<>(clipPrices);
        unitPrice = unitPrice == null ? BigDecimal.ZERO : unitPrice;
        ratios = ratios == null ? Set.of() : Set.copyOf(ratios);
        if (!clipPrices.isEmpty() && clipPrices.firstKey() < 1) {
            throw new IllegalArgumentException("a clip lasts at least 1 s, not " + clipPrices.firstKey());
        }
    }

    /** With prices that are known. */
    public ProviderOffer(
            String provider,
            Kind kind,
            String model,
            SortedMap<Integer, BigDecimal> clipPrices,
            BigDecimal unitPrice,
            Set<AspectRatio> ratios,
            String missing) {
        this(provider, kind, model, clipPrices, unitPrice, ratios, missing, null);
    }

    /** Costs nothing, because it is made here. */
    public static ProviderOffer free(String provider, Kind kind) {
        return new ProviderOffer(provider, kind, null, null, BigDecimal.ZERO, Set.of(), null);
    }

    /** Clips of certain lengths; see {@link ProviderOffer} for the units. */
    public static ProviderOffer clips(
            String provider, String model, Map<Integer, BigDecimal> prices, Set<AspectRatio> ratios, String missing) {
        return new ProviderOffer(provider, Kind.CLIP, model, new TreeMap<>(prices), null, ratios, missing);
    }

    /** The same, but not to be used. */
    public ProviderOffer without(String missing) {
        return new ProviderOffer(provider, kind, model, clipPrices, unitPrice, ratios, missing, unpriced);
    }

    /** The same for a price that nobody knows. */
    public ProviderOffer withoutPrice(String unpriced) {
        return new ProviderOffer(provider, kind, model, clipPrices, unitPrice, ratios, missing, unpriced);
    }

    public boolean priced() {
        return unpriced == null;
    }

    /** Whether nothing of it can cost anything. */
    public boolean costsNothing() {
        return priced()
                && unitPrice.signum() == 0
                && clipPrices.values().stream().allMatch(price -> price.signum() == 0);
    }

    public boolean usable() {
        return missing == null;
    }

    public boolean shapes(AspectRatio ratio) {
        return ratios.isEmpty() || ratios.contains(ratio);
    }
}
