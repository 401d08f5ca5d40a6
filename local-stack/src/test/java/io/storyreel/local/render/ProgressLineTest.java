package io.storyreel.local.render;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class ProgressLineTest {

    private static final RenderState HALF = new RenderState("processing", "animate", 50, 3, "Rendering scene 3/5...");

    @Test
    void shows_stage_scene_percent_elapsed_and_remaining_time() {
        assertThat(ProgressLine.bar(HALF, 5, Duration.ofSeconds(65), 120))
                .isEqualTo("animate  scene 3/5    ████████████░░░░░░░░░░░░  50 %  1:05  about 1:05 left");
    }

    @Test
    void never_is_wider_than_the_terminal() {
        assertThat(ProgressLine.bar(HALF, 5, Duration.ofSeconds(65), 40)).hasSize(39);
    }

    @Test
    void promises_no_remaining_time_before_the_rate_is_known() {
        assertThat(ProgressLine.bar(RenderState.ACCEPTED, 5, Duration.ofSeconds(9), 120))
                .contains("pending")
                .doesNotContain("left");
    }

    @Test
    void writes_a_whole_line_for_a_log() {
        assertThat(ProgressLine.plain(HALF, 5, Duration.ofSeconds(7)))
                .isEqualTo(" 50 %  0:07  animate, scene 3/5: Rendering scene 3/5...");
    }

    @Test
    void progress_never_falls_and_a_new_stage_forgets_the_scene() throws Exception {
        var next = HALF.after(new ObjectMapper().readTree("{\"stage\": \"compose\", \"progress\": 40}"));

        assertThat(next.progress()).isEqualTo(50);
        assertThat(next.stage()).isEqualTo("compose");
        assertThat(next.scene()).isZero();
    }
}
