package io.storyreel.api.plan;

import io.storyreel.api.plan.RenderPlan.Decision;
import io.storyreel.api.plan.RenderPlan.ScenePlan;
import io.storyreel.api.provider.ProviderChain;
import io.storyreel.common.provider.ProviderOffer;
import io.storyreel.common.storyboard.Scene;
import io.storyreel.common.storyboard.ScriptLine;
import io.storyreel.common.storyboard.Storyboard;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/** What is bought, what is not, and for how much. */
final class PlanRules {
    private static final int DIGITS_OF_A_MILLION = 6;

    private PlanRules() {}

    /**
     * @param planned the clips of each scene by provider, of those who sell clips by length
     * @param estimate seconds that one clip takes, or null
     */
    static List<ScenePlan> scenes(
            Storyboard storyboard, ProviderChain chain, Map<String, List<List<PlannedClip>>> planned, Double estimate) {
        List<ScenePlan> scenes = new ArrayList<>();
        for (int i = 0; i < storyboard.scenes().size(); i++) {
            int position = i;
            Scene scene = storyboard.scenes().get(i);
            BigDecimal atMost = chain.all()
                    .map(offer -> offer.clipPrices().isEmpty()
                            ? price(scene, offer)
                            : sum(planned.get(offer.provider()).get(position), PlannedClip::atMost))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            ProviderOffer first = chain.first();
            scenes.add(
                    first.clipPrices().isEmpty()
                            ? ofAnyLength(scene, first, atMost, estimate)
                            : ofClips(first, planned.get(first.provider()).get(i), atMost, estimate));
        }
        return scenes;
    }

    /** Parts of a scene follow each other, each beginning where the last has ended, so their times add up. */
    private static ScenePlan ofClips(ProviderOffer offer, List<PlannedClip> clips, BigDecimal atMost, Double estimate) {
        long missing = clips.stream().filter(PlannedClip::isNew).count();
        return ScenePlan.of(
                clips.get(0).order().sceneIndex(),
                missing == 0 ? Decision.REUSE : Decision.NEW,
                offer.provider(),
                clips.size(),
                clips.stream().mapToInt(clip -> clip.order().seconds()).sum(),
                sum(clips, PlannedClip::expected),
                atMost,
                estimate == null ? null : estimate * missing);
    }

    /** A clip as long as its scene, which is made here or paid by the second. */
    private static ScenePlan ofAnyLength(Scene scene, ProviderOffer offer, BigDecimal atMost, Double estimate) {
        return ScenePlan.of(
                scene.sceneIndex(),
                decision(offer),
                offer.provider(),
                1,
                scene.duration(),
                price(scene, offer),
                atMost,
                estimate);
    }

    private static BigDecimal price(Scene scene, ProviderOffer offer) {
        return offer.unitPrice().multiply(BigDecimal.valueOf(scene.duration()));
    }

    private static BigDecimal sum(List<PlannedClip> clips, Function<PlannedClip, BigDecimal> amount) {
        return clips.stream().map(amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    static ScenePlan wholeVideo(Storyboard storyboard, ProviderOffer offer, Double estimate) {
        double seconds = storyboard.plannedSeconds();
        BigDecimal cost = offer.priced() ? offer.unitPrice().multiply(BigDecimal.valueOf(seconds)) : null;
        return ScenePlan.of(null, decision(offer), offer.provider(), 1, seconds, cost, cost, estimate);
    }

    /** Whoever makes the whole video also speaks. */
    static BigDecimal speech(Storyboard storyboard, ProviderChain chain, ProviderOffer speaker) {
        if (speaker == null || chain.makesWholeVideos()) {
            return BigDecimal.ZERO;
        }
        long characters = IntStream.range(0, storyboard.scenes().size())
                .mapToObj(storyboard::lineOfSceneAt)
                .filter(line -> line != null)
                .map(ScriptLine::text)
                .mapToLong(text -> text.codePointCount(0, text.length()))
                .sum();
        return speaker.unitPrice().multiply(BigDecimal.valueOf(characters)).movePointLeft(DIGITS_OF_A_MILLION);
    }

    private static Decision decision(ProviderOffer offer) {
        return offer.costsNothing() ? Decision.FREE : Decision.NEW;
    }
}
