package io.storyreel.api.plan;

import io.storyreel.api.plan.RenderPlan.Decision;
import io.storyreel.api.plan.RenderPlan.ScenePlan;
import io.storyreel.api.provider.ProviderChain;
import io.storyreel.common.provider.ClipOrder;
import io.storyreel.common.provider.ProviderOffer;
import io.storyreel.common.storyboard.ScriptLine;
import io.storyreel.common.storyboard.Storyboard;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** What is bought, what is not, and for how much. */
final class PlanRules {
    private static final int DIGITS_OF_A_MILLION = 6;

    private PlanRules() {}

    /**
     * A clip that several scenes show is bought for the first of them.
     *
     * @param orders the clips of each scene
     * @param bought digests of clips that need not be bought again
     * @param estimate seconds that one clip takes, or null
     */
    static List<ScenePlan> scenes(
            List<List<ClipOrder>> orders, ProviderOffer offer, Set<String> bought, Double estimate) {
        Set<String> kept = new HashSet<>(bought);
        List<ScenePlan> scenes = new ArrayList<>();
        for (List<ClipOrder> clips : orders) {
            scenes.add(scene(clips, offer.provider(), kept, estimate));
            clips.forEach(clip -> kept.add(clip.digest()));
        }
        return scenes;
    }

    /** Parts of a scene follow each other, each beginning where the last has ended, so their times add up. */
    private static ScenePlan scene(List<ClipOrder> clips, String provider, Set<String> bought, Double estimate) {
        List<ClipOrder> missing =
                clips.stream().filter(clip -> !bought.contains(clip.digest())).toList();
        return ScenePlan.of(
                clips.get(0).sceneIndex(),
                missing.isEmpty() ? Decision.REUSE : Decision.NEW,
                provider,
                clips.size(),
                clips.stream().mapToInt(ClipOrder::seconds).sum(),
                missing.stream().map(ClipOrder::price).reduce(BigDecimal.ZERO, BigDecimal::add),
                estimate == null ? null : estimate * missing.size());
    }

    /** Clips as long as their scenes, which are made here or paid by the second. */
    static List<ScenePlan> scenesOfAnyLength(Storyboard storyboard, ProviderOffer offer, Double estimate) {
        return storyboard.scenes().stream()
                .map(scene -> ScenePlan.of(
                        scene.sceneIndex(),
                        decision(offer),
                        offer.provider(),
                        1,
                        scene.duration(),
                        offer.unitPrice().multiply(BigDecimal.valueOf(scene.duration())),
                        estimate))
                .toList();
    }

    static ScenePlan wholeVideo(Storyboard storyboard, ProviderOffer offer, Double estimate) {
        double seconds = storyboard.plannedSeconds();
        return ScenePlan.of(
                null,
                decision(offer),
                offer.provider(),
                1,
                seconds,
                offer.priced() ? offer.unitPrice().multiply(BigDecimal.valueOf(seconds)) : null,
                estimate);
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
