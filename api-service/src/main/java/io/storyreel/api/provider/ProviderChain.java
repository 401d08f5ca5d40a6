package io.storyreel.api.provider;

import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.problem.Violation;
import io.storyreel.common.provider.ProviderOffer;
import io.storyreel.common.provider.ProviderOffer.Kind;
import io.storyreel.common.storyboard.AspectRatio;

import java.util.List;
import java.util.stream.Stream;

/**
 * Who renders, and whom scenes go to when that provider is broken.
 *
 * @param fallbacks in order; none for a provider of whole videos
 */
public record ProviderChain(ProviderOffer first, List<ProviderOffer> fallbacks) {
    public ProviderChain {
        fallbacks = List.copyOf(fallbacks);
    }

    public List<String> fallbackNames() {
        return fallbacks.stream().map(ProviderOffer::provider).toList();
    }

    /** Whether nothing in it can cost anything. */
    public boolean free() {
        return all().allMatch(ProviderOffer::costsNothing);
    }

    public boolean makesWholeVideos() {
        return first.kind() == Kind.VIDEO;
    }

    /** @throws ProblemException if somebody in it cannot make that shape */
    public void requireShape(AspectRatio ratio) {
        all().filter(offer -> !offer.shapes(ratio)).findFirst().ifPresent(offer -> {
            String able = String.join(
                    ", ",
                    offer.ratios().stream().map(AspectRatio::wireName).sorted().toList());
            throw new ProblemException(
                    ProblemCode.UNUSABLE_PROVIDER,
                    "The storyboard is " + ratio.wireName() + ", and " + offer.provider() + " makes " + able
                            + " only: choose another provider or another aspect_ratio.",
                    List.of(new Violation(field(offer), offer.provider() + " cannot make " + ratio.wireName())));
        });
    }

    private String field(ProviderOffer offer) {
        return offer == first ? "provider" : "fallback[" + fallbacks.indexOf(offer) + "]";
    }

    /** In order, the first included. */
    public Stream<ProviderOffer> all() {
        return Stream.concat(Stream.of(first), fallbacks.stream());
    }
}
