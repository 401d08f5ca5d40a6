package io.storyreel.worker.render;

import io.storyreel.common.storyboard.OutputSpec;
import io.storyreel.common.storyboard.Scene;
import io.storyreel.common.storyboard.ScriptLine;
import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.worker.media.AudioFormat;
import io.storyreel.worker.run.JobFailure;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ScenePlanTest {
    private static final int SCENES = 20;
    private static final int MIDDLE = 7;

    @Test
    void lets_voices_stretch_the_video_to_its_limit() {
        ScenePlan plan = ScenePlan.of(render(), voices(60, 60));

        assertThat(plan.timeline().length()).isEqualTo(ScenePlan.LONGEST_VIDEO);
    }

    @Test
    void names_the_scene_that_stretches_a_video_most_that_is_too_long() {
        JobFailure failure = catchThrowableOfType(JobFailure.class, () -> ScenePlan.of(render(), voices(60, 61)));

        assertThat(failure.code()).isEqualTo("script_too_long");
        assertThat(failure.isTransient()).isFalse();
        assertThat(failure.scene()).isEqualTo(8);
        assertThat(failure)
                .hasMessageContaining("1201.0 s")
                .hasMessageContaining("1200 s at most")
                .hasMessageContaining("scene 8 is stretched most, from 5.0 s to 61.0 s");
    }

    private static Render render() {
        List<Scene> scenes = IntStream.rangeClosed(1, SCENES)
                .mapToObj(index -> new Scene(index, "asset://any", null, 5.0, null, null, null, null))
                .toList();
        List<ScriptLine> script = IntStream.rangeClosed(1, SCENES)
                .mapToObj(index -> new ScriptLine("Line " + index, null, null, null, null))
                .toList();
        return new Render(
                null,
                new Storyboard(scenes, script, null, new OutputSpec(null, null, 25, null), null),
                null,
                null,
                null);
    }

    private static List<PreparedSound> voices(int seconds, int secondsOfTheMiddle) {
        return IntStream.range(0, SCENES)
                .mapToLong(place -> Duration.ofSeconds(place == MIDDLE ? secondsOfTheMiddle : seconds)
                        .toNanos())
                .mapToObj(length -> new PreparedSound("voice", AudioFormat.WAV, length, 0, length))
                .toList();
    }
}
