package io.storyreel.api.plan;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.provider.PastDurations;
import io.storyreel.api.provider.ProviderChain;
import io.storyreel.common.job.RenderSpecs;
import io.storyreel.common.provider.ClipOrder;
import io.storyreel.common.provider.ProviderOffer;
import io.storyreel.common.storyboard.Scene;
import io.storyreel.common.storyboard.Storyboard;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Plans renders. Reads only. */
@ApplicationScoped
public class Planner {
    private final RenderSpecs specs;
    private final KnownClips clips;
    private final PastDurations durations;

    Planner(RenderSpecs specs, KnownClips clips, PastDurations durations) {
        this.specs = specs;
        this.clips = clips;
        this.durations = durations;
    }

    /**
     * Fails with a problem if the providers cannot make the storyboard's shape.
     *
     * @param specDigest of a storyboard whose scenes all have pictures
     * @param speaker null if nobody speaks
     */
    public Uni<RenderPlan> plan(
            UUID workspace, UUID project, String specDigest, ProviderChain chain, ProviderOffer speaker) {
        return specs.read(specDigest)
                .invoke(storyboard -> chain.requireShape(storyboard.aspectRatio()))
                .chain(storyboard -> purchases(workspace, project, storyboard, chain)
                        .map(purchases -> RenderPlan.of(
                                specDigest,
                                chain.first().provider(),
                                chain.fallbackNames(),
                                purchases,
                                PlanRules.speech(storyboard, chain, speaker),
                                chain.first().unpriced())));
    }

    private Uni<List<RenderPlan.ScenePlan>> purchases(
            UUID workspace, UUID project, Storyboard storyboard, ProviderChain chain) {
        Double estimate = seconds(chain.first().provider());
        if (chain.makesWholeVideos()) {
            return Uni.createFrom().item(List.of(PlanRules.wholeVideo(storyboard, chain.first(), estimate)));
        }
        if (chain.all().allMatch(offer -> offer.clipPrices().isEmpty())) {
            return Uni.createFrom().item(PlanRules.scenes(storyboard, chain, Map.of(), estimate));
        }
        List<String> addresses =
                storyboard.scenes().stream().map(Scene::imageUrl).toList();
        return clips.pictures(project, addresses)
                .map(pictures -> orders(storyboard, chain, pictures))
                .chain(orders -> clips.bought(workspace, digests(orders))
                        .map(bought ->
                                PlanRules.scenes(storyboard, chain, planned(storyboard, orders, bought), estimate)));
    }

    /** The clips of each scene, by provider; of those who sell them by length. */
    private static Map<String, List<List<ClipOrder>>> orders(
            Storyboard storyboard, ProviderChain chain, Map<String, String> pictures) {
        return chain.all()
                .filter(offer -> !offer.clipPrices().isEmpty())
                .collect(Collectors.toMap(ProviderOffer::provider, offer -> orders(storyboard, offer, pictures)));
    }

    private static List<List<ClipOrder>> orders(
            Storyboard storyboard, ProviderOffer offer, Map<String, String> pictures) {
        List<List<ClipOrder>> orders = new ArrayList<>();
        for (int i = 0; i < storyboard.scenes().size(); i++) {
            String address = storyboard.scenes().get(i).imageUrl();
            // An address is no digest, so a picture that is not known makes a clip that nobody has bought.
            orders.add(ClipOrder.of(offer, storyboard, i, pictures.getOrDefault(address, address)));
        }
        return orders;
    }

    private static List<String> digests(Map<String, List<List<ClipOrder>>> orders) {
        return orders.values().stream()
                .flatMap(List::stream)
                .flatMap(List::stream)
                .map(ClipOrder::digest)
                .toList();
    }

    private static Map<String, List<List<PlannedClip>>> planned(
            Storyboard storyboard, Map<String, List<List<ClipOrder>>> orders, Map<String, Boolean> bought) {
        Map<String, List<List<PlannedClip>>> planned = new HashMap<>();
        orders.forEach((provider, scenes) -> {
            ClipReuse reuse = new ClipReuse(bought);
            List<List<PlannedClip>> clips = new ArrayList<>();
            for (int i = 0; i < scenes.size(); i++) {
                clips.add(reuse.of(storyboard.scenes().get(i), scenes.get(i)));
            }
            planned.put(provider, clips);
        });
        return planned;
    }

    private Double seconds(String provider) {
        var median = durations.ofTask(provider);
        return median == null ? null : median.toMillis() / 1e3;
    }
}
