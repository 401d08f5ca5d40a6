package io.storyreel.common.provider;

import io.storyreel.common.storyboard.AspectRatio;
import io.storyreel.common.storyboard.Scene;
import io.storyreel.common.storyboard.ScriptLine;
import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.common.storyboard.VoiceFit;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

class ClipOrderTest {
    private static final ProviderOffer FIVE_OR_TEN = offer("m1", Map.of(5, "0.20", 10, "0.40"));

    @Test
    void rounds_a_scene_up_to_a_length_that_is_offered() {
        assertThat(orders(FIVE_OR_TEN, 3.2, null))
                .extracting(ClipOrder::seconds)
                .containsExactly(5);
        assertThat(orders(FIVE_OR_TEN, 5.0, null))
                .extracting(ClipOrder::seconds)
                .containsExactly(5);
        assertThat(orders(FIVE_OR_TEN, 5.1, null))
                .extracting(ClipOrder::seconds)
                .containsExactly(10);
        assertThat(orders(FIVE_OR_TEN, 0.5, null)).extracting(ClipOrder::price).containsExactly(new BigDecimal("0.20"));
    }

    @Test
    void makes_a_scene_longer_than_the_longest_clip_of_several() {
        List<ClipOrder> orders = orders(FIVE_OR_TEN, 24, null);

        assertThat(orders).extracting(ClipOrder::part).containsExactly(0, 1, 2);
        assertThat(orders).extracting(ClipOrder::seconds).containsExactly(10, 10, 10);
        assertThat(orders).extracting(ClipOrder::digest).doesNotHaveDuplicates();
    }

    @Test
    void takes_the_cheapest_length_that_is_long_enough() {
        var odd = offer("m1", Map.of(4, "0.90", 6, "0.60"));

        assertThat(orders(odd, 3, null)).extracting(ClipOrder::seconds).containsExactly(6);
    }

    @Test
    void expects_a_long_voice_to_stretch_its_scene_unless_it_is_to_be_sped_up() {
        String ninety = "x".repeat(90);

        assertThat(orders(FIVE_OR_TEN, 3, new ScriptLine(ninety, null, null, VoiceFit.STRETCH, null)))
                .extracting(ClipOrder::seconds)
                .containsExactly(10);
        assertThat(orders(FIVE_OR_TEN, 3, new ScriptLine(ninety, null, null, VoiceFit.SPEED, null)))
                .extracting(ClipOrder::seconds)
                .containsExactly(5);
        assertThat(orders(FIVE_OR_TEN, 3, new ScriptLine(ninety, null, 4.0, VoiceFit.STRETCH, null)))
                .extracting(ClipOrder::seconds)
                .containsExactly(5);
    }

    @Test
    void names_the_same_clip_the_same_and_another_clip_another_way() {
        String same = orders(FIVE_OR_TEN, 4, null).get(0).digest();

        assertThat(orders(FIVE_OR_TEN, 4.5, null).get(0).digest()).isEqualTo(same);
        assertThat(orders(FIVE_OR_TEN, 6, null).get(0).digest()).isNotEqualTo(same);
        assertThat(orders(offer("m2", Map.of(5, "0.20")), 4, null).get(0).digest())
                .isNotEqualTo(same);
        assertThat(ClipOrder.of(FIVE_OR_TEN, storyboard(4, null), 0, "other picture")
                        .get(0)
                        .digest())
                .isNotEqualTo(same);
    }

    @Test
    void cuts_a_prompt_without_splitting_a_character() {
        var scene = new Scene(1, "https://e/a.png", null, 4.0, null, null, null, "x".repeat(999) + "\uD83D\uDE00");
        var storyboard = new Storyboard(List.of(scene), null, null, null, null);

        assertThat(ClipOrder.of(FIVE_OR_TEN, storyboard, 0, "sha").get(0).prompt())
                .isEqualTo("x".repeat(999));
    }

    private static List<ClipOrder> orders(ProviderOffer offer, double seconds, ScriptLine line) {
        return ClipOrder.of(offer, storyboard(seconds, line), 0, "sha");
    }

    private static Storyboard storyboard(double seconds, ScriptLine line) {
        var scene = new Scene(1, "https://e/a.png", null, seconds, null, null, null, "waves roll in");
        return new Storyboard(
                List.of(scene), line == null ? List.of() : List.of(line), null, null, AspectRatio.LANDSCAPE);
    }

    private static ProviderOffer offer(String model, Map<Integer, String> prices) {
        var exact = new TreeMap<Integer, BigDecimal>();
        prices.forEach((seconds, price) -> exact.put(seconds, new BigDecimal(price)));
        return ProviderOffer.clips("pika", model, exact, Set.of(), null);
    }
}
