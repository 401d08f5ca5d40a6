package io.storyreel.api.plan;

import io.storyreel.api.plan.PlannedClip.Reuse;
import io.storyreel.api.plan.RenderPlan.ScenePlan;
import io.storyreel.api.provider.ProviderChain;
import io.storyreel.common.provider.ClipOrder;
import io.storyreel.common.provider.ProviderOffer;
import io.storyreel.common.provider.ProviderOffer.Kind;
import io.storyreel.common.storyboard.Scene;
import io.storyreel.common.storyboard.Storyboard;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class PlanRulesTest {
    private static final ProviderOffer RUNWAY = offer("runway", "0.25");
    private static final ProviderOffer PIKA = offer("pika", "0.40");
    private static final ProviderOffer LOCAL = ProviderOffer.free("local", Kind.CLIP);

    @Test
    void charges_only_the_clips_of_a_scene_that_were_not_bought_before() {
        ScenePlan scene = scene(40.0, clip(RUNWAY, Reuse.CERTAIN), clip(RUNWAY, Reuse.NONE));

        assertThat(scene.decision()).isEqualTo("new");
        assertThat(scene.clips()).isEqualTo(2);
        assertThat(scene.seconds()).isEqualTo(10);
        assertThat(scene.cost()).isEqualByComparingTo("0.25");
        assertThat(scene.atMost()).isEqualByComparingTo("0.25");
        assertThat(scene.estimatedSeconds()).isEqualTo(40);
    }

    @Test
    void a_scene_whose_clips_were_all_bought_costs_nothing() {
        ScenePlan scene = scene(null, clip(RUNWAY, Reuse.CERTAIN));

        assertThat(scene.decision()).isEqualTo("reuse");
        assertThat(scene.cost()).isZero();
        assertThat(scene.atMost()).isZero();
        assertThat(scene.estimatedSeconds()).isNull();
    }

    @Test
    void what_is_only_likely_to_be_reused_may_have_to_be_bought() {
        ScenePlan scene = scene(40.0, clip(RUNWAY, Reuse.LIKELY), clip(RUNWAY, Reuse.CERTAIN));

        assertThat(scene.decision()).isEqualTo("reuse");
        assertThat(scene.cost()).isZero();
        assertThat(scene.atMost()).isEqualByComparingTo("0.25");
    }

    @Test
    void a_scene_may_cost_what_the_dearest_of_the_chain_charges() {
        ProviderChain chain = new ProviderChain(RUNWAY, List.of(PIKA, LOCAL));

        ScenePlan fresh = PlanRules.scenes(
                        storyboard(),
                        chain,
                        planned(List.of(clip(RUNWAY, Reuse.NONE)), List.of(clip(PIKA, Reuse.NONE))),
                        null)
                .get(0);
        ScenePlan known = PlanRules.scenes(
                        storyboard(),
                        chain,
                        planned(List.of(clip(RUNWAY, Reuse.NONE)), List.of(clip(PIKA, Reuse.CERTAIN))),
                        null)
                .get(0);

        assertThat(fresh.cost()).isEqualByComparingTo("0.25");
        assertThat(fresh.atMost()).isEqualByComparingTo("0.40");
        assertThat(known.atMost()).isEqualByComparingTo("0.25");
    }

    @Test
    void what_is_made_here_may_cost_what_its_fallback_charges() {
        ScenePlan scene = PlanRules.scenes(
                        storyboard(),
                        new ProviderChain(LOCAL, List.of(PIKA)),
                        Map.of("pika", List.of(List.of(clip(PIKA, Reuse.NONE)))),
                        null)
                .get(0);

        assertThat(scene.decision()).isEqualTo("free");
        assertThat(scene.cost()).isZero();
        assertThat(scene.atMost()).isEqualByComparingTo("0.40");
    }

    @Test
    void adds_up_what_it_costs_and_what_it_may_cost() {
        RenderPlan plan = plan("spec", "runway", Reuse.LIKELY);

        assertThat(plan.total()).isEqualByComparingTo("0.1");
        assertThat(plan.atMost()).isEqualByComparingTo("0.35");
    }

    @Test
    void the_digest_says_what_has_changed() {
        RenderPlan before = plan("spec", "runway", Reuse.NONE);

        assertThat(before.parts().changesTo(plan("spec", "runway", Reuse.NONE).parts()))
                .isEmpty();
        assertThat(before.parts().changesTo(plan("other", "runway", Reuse.NONE).parts()))
                .containsExactly("the storyboard");
        assertThat(before.parts().changesTo(plan("spec", "pika", Reuse.CERTAIN).parts()))
                .containsExactly("the provider or its fallbacks", "what has to be bought, or what it costs");
        assertThat(plan("spec", "runway", Reuse.LIKELY)
                        .parts()
                        .changesTo(plan("spec", "runway", Reuse.CERTAIN).parts()))
                .containsExactly("what has to be bought, or what it costs");
    }

    private static RenderPlan plan(String spec, String provider, Reuse reuse) {
        return RenderPlan.of(
                spec,
                provider,
                List.of("local"),
                List.of(scene(null, clip(RUNWAY, reuse))),
                new BigDecimal("0.1"),
                null);
    }

    private static ScenePlan scene(Double estimate, PlannedClip... clips) {
        return PlanRules.scenes(
                        storyboard(),
                        new ProviderChain(RUNWAY, List.of()),
                        Map.of("runway", List.of(List.of(clips))),
                        estimate)
                .get(0);
    }

    private static Map<String, List<List<PlannedClip>>> planned(List<PlannedClip> ofRunway, List<PlannedClip> ofPika) {
        Map<String, List<List<PlannedClip>>> planned = new HashMap<>();
        planned.put("runway", List.of(ofRunway));
        planned.put("pika", List.of(ofPika));
        return planned;
    }

    private static Storyboard storyboard() {
        return new Storyboard(
                List.of(new Scene(1, "https://example.com/1.jpg", null, 5.0, null, null, null, null)),
                null,
                null,
                null,
                null);
    }

    private static PlannedClip clip(ProviderOffer offer, Reuse reuse) {
        return new PlannedClip(
                new ClipOrder(1, 0, 1, "a boat", 5, offer.clipPrices().get(5), "a"), reuse);
    }

    private static ProviderOffer offer(String name, String price) {
        return ProviderOffer.clips(name, "m", Map.of(5, new BigDecimal(price)), Set.of(), null);
    }
}
