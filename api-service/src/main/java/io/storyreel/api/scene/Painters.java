package io.storyreel.api.scene;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.provider.ProviderBoard;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.provider.ProviderOffer;
import io.storyreel.common.provider.ProviderOffers;
import io.storyreel.common.storyboard.AspectRatio;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.stream.Collectors;

/** Finds who makes the pictures of scenes, among those that the render workers offer. */
@ApplicationScoped
class Painters {
    private static final String HOW = "set REPLICATE_API_TOKEN for the render workers";

    private final ProviderBoard board;
    private final SceneSettings settings;

    Painters(ProviderBoard board, SceneSettings settings) {
        this.board = board;
        this.settings = settings;
    }

    /** To be waited for before a transaction in which {@link #painter} is asked for. */
    Uni<Void> known() {
        return board.offers().replaceWithVoid();
    }

    /**
     * Fails saying which setting is missing if there is nobody. Asks nobody, because it is asked within transactions that
     * wait for each other: if each wanted another connection, there would be none left for the one that all wait for.
     */
    Uni<ProviderOffer> painter() {
        return Uni.createFrom().item(() -> painter(board.knownOffers()));
    }

    private ProviderOffer painter(ProviderOffers offers) {
        List<ProviderOffer> asked = offers.painters().stream()
                .filter(offer ->
                        settings.pictureProvider().map(offer.provider()::equals).orElse(true))
                .toList();
        return asked.stream().filter(ProviderOffer::usable).findFirst().orElseThrow(() -> nobody(asked));
    }

    private ProblemException nobody(List<ProviderOffer> asked) {
        String reason = asked.isEmpty()
                ? settings.pictureProvider()
                        .map(name -> "no render worker has told of a provider \"" + name
                                + "\" of pictures, which storyreel.scenes.picture-provider names")
                        .orElse("no render worker has told of one yet: start one, and " + HOW)
                : asked.stream()
                        .map(offer -> offer.provider() + " is not set up: " + offer.missing())
                        .collect(Collectors.joining("; "));
        return new ProblemException(
                ProblemCode.UNUSABLE_PROVIDER, "Nobody can make pictures: " + reason + ".", List.of());
    }

    static void requireShape(ProviderOffer painter, AspectRatio ratio) {
        if (!painter.shapes(ratio)) {
            throw new ProblemException(
                    ProblemCode.UNUSABLE_PROVIDER,
                    "The storyboard is " + ratio.wireName() + ", which " + painter.provider()
                            + " does not make: choose another aspect_ratio.");
        }
    }
}
