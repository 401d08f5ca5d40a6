package io.storyreel.worker.render;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class RenderStageTest {

    @Test
    void fills_the_bar_from_the_start_to_just_before_the_end() {
        List<Integer> percentages = new ArrayList<>();
        for (RenderStage stage : RenderStage.values()) {
            for (double fraction = 0; fraction <= 1; fraction += 0.05) {
                percentages.add(stage.percent(fraction));
            }
        }

        assertThat(percentages).isSorted().first().isEqualTo(0);
        assertThat(RenderStage.STORE.percent(1)).isEqualTo(99);
    }

    @Test
    void begins_each_stage_where_the_one_before_ends() {
        for (int i = 1; i < RenderStage.values().length; i++) {
            assertThat(RenderStage.values()[i].percent(0)).isEqualTo(RenderStage.values()[i - 1].percent(1));
        }
    }

    @Test
    void takes_nonsense_for_the_nearer_end() {
        assertThat(RenderStage.COMPOSE.percent(-1)).isEqualTo(55);
        assertThat(RenderStage.COMPOSE.percent(7)).isEqualTo(90);
        assertThat(RenderStage.COMPOSE.percent(Double.NaN)).isEqualTo(55);
    }
}
