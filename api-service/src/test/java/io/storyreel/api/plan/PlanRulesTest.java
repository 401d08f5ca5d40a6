package io.storyreel.api.plan;

import io.storyreel.api.plan.RenderPlan.ScenePlan;
import io.storyreel.common.provider.ClipOrder;
import io.storyreel.common.provider.ProviderOffer;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class PlanRulesTest {
    private static final ProviderOffer RUNWAY =
            ProviderOffer.clips("runway", "gen4", Map.of(5, new BigDecimal("0.25")), Set.of(), null);

    @Test
    void charges_only_the_clips_of_a_scene_that_were_not_bought_before() {
        ScenePlan scene = PlanRules.scenes(List.of(List.of(clip(0, "a"), clip(1, "b"))), RUNWAY, Set.of("a"), 40.0)
                .get(0);

        assertThat(scene.decision()).isEqualTo("new");
        assertThat(scene.clips()).isEqualTo(2);
        assertThat(scene.seconds()).isEqualTo(10);
        assertThat(scene.cost()).isEqualByComparingTo("0.25");
        assertThat(scene.estimatedSeconds()).isEqualTo(40);
    }

    @Test
    void a_scene_whose_clips_were_all_bought_costs_nothing() {
        ScenePlan scene = PlanRules.scenes(List.of(List.of(clip(0, "a"))), RUNWAY, Set.of("a"), null)
                .get(0);

        assertThat(scene.decision()).isEqualTo("reuse");
        assertThat(scene.cost()).isZero();
        assertThat(scene.estimatedSeconds()).isNull();
    }

    @Test
    void a_clip_that_two_scenes_show_is_paid_for_once() {
        List<ScenePlan> scenes =
                PlanRules.scenes(List.of(List.of(clip(0, "a")), List.of(clip(0, "a"))), RUNWAY, Set.of(), 40.0);

        assertThat(scenes).extracting(ScenePlan::decision).containsExactly("new", "reuse");
        assertThat(scenes).extracting(scene -> scene.cost().doubleValue()).containsExactly(0.25, 0.0);
    }

    @Test
    void the_digest_says_what_has_changed() {
        RenderPlan before = plan("spec", "runway", Set.of());

        assertThat(before.parts().changesTo(plan("spec", "runway", Set.of()).parts()))
                .isEmpty();
        assertThat(before.parts().changesTo(plan("other", "runway", Set.of()).parts()))
                .containsExactly("the storyboard");
        assertThat(before.parts().changesTo(plan("spec", "pika", Set.of("a")).parts()))
                .containsExactly("the provider or its fallbacks", "what has to be bought, or what it costs");
    }

    private static RenderPlan plan(String spec, String provider, Set<String> bought) {
        return RenderPlan.of(
                spec,
                provider,
                List.of("local"),
                PlanRules.scenes(List.of(List.of(clip(0, "a"))), RUNWAY, bought, null),
                BigDecimal.ZERO,
                null);
    }

    private static ClipOrder clip(int part, String digest) {
        return new ClipOrder(1, part, 2, "a boat", 5, new BigDecimal("0.25"), digest);
    }
}
