package io.storyreel.worker.provider.replicate;

import io.storyreel.common.storyboard.AspectRatio;
import io.storyreel.worker.TestSettings;
import io.storyreel.worker.provider.ClipRequest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

class ClipModelTest {
    private static final ClipRequest WANTED =
            new ClipRequest(new UUID(0, 1), "a slow pan", "data:,", AspectRatio.SQUARE, 7, 720);

    @Test
    void tells_seedance_the_shape_and_to_keep_silent() {
        ClipModel seedance = model(Map.of("storyreel.replicate.clip.model", "bytedance/seedance-2.0-fast"));

        assertThat(seedance.input(WANTED, WANTED.image(), new AttemptMark(17)))
                .isEqualTo(new JsonObject()
                        .put("generate_audio", false)
                        .put("prompt", "a slow pan")
                        .put("image", "data:,")
                        .put("duration", 7)
                        .put("resolution", "720p")
                        .put("aspect_ratio", "1:1")
                        .put("seed", 17));
        assertThat(seedance.lengths()).hasSize(15).contains(1, 15);
    }

    @Test
    void sends_further_inputs_as_what_they_are() {
        ClipModel other = model(Map.of(
                "storyreel.replicate.clip.model", "me/mine",
                "storyreel.replicate.clip.lengths", "4,8",
                "storyreel.replicate.clip.extra.fps", "24",
                "storyreel.replicate.clip.extra.loop", "true",
                "storyreel.replicate.clip.extra.mode", "fast"));

        assertThat(other.extra()).isEqualTo(Map.of("fps", 24, "loop", true, "mode", "fast"));
        assertThat(other.lengths()).containsExactly(4, 8);
    }

    @Test
    void marks_every_attempt_with_a_seed_of_its_own_and_always_the_same() {
        assertThat(AttemptMark.of("a-clip-1-1")).isEqualTo(AttemptMark.of("a-clip-1-1"));
        assertThat(AttemptMark.of("a-clip-1-1")).isNotEqualTo(AttemptMark.of("a-clip-1-2"));
        assertThat(AttemptMark.of("a-clip-1-2").seed()).isNotNegative();
    }

    @Test
    void asks_less_often_by_half_as_much_again_each_time() {
        var pace = PredictionProgress.pace(Duration.ofSeconds(1), Duration.ofSeconds(10));

        assertThat(pace.next(Duration.ZERO, 0.5)).isEqualTo(Duration.ofSeconds(1));
        assertThat(pace.next(Duration.ofSeconds(1), 0.5)).isEqualTo(Duration.ofMillis(1_500));
        assertThat(pace.next(Duration.ofMillis(2_500), 0.5)).isEqualTo(Duration.ofMillis(2_250));
        assertThat(pace.next(Duration.ofMinutes(5), 0.5)).isEqualTo(Duration.ofSeconds(10));
    }

    private static ClipModel model(Map<String, String> settings) {
        return ClipModel.of(TestSettings.of(ReplicateSettings.class, settings).clip());
    }
}
