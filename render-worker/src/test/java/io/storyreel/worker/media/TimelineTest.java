package io.storyreel.worker.media;

import io.storyreel.common.storyboard.Transition;
import io.storyreel.common.storyboard.VoiceFit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class TimelineTest {

    @ParameterizedTest
    @ValueSource(ints = {24, 25, 30, 60})
    void does_not_drift_over_a_hundred_scenes(int fps) {
        var scenes = IntStream.rangeClosed(1, 100)
                .mapToObj(k -> scene(k, 3.3333, Transition.DISSOLVE))
                .toList();

        var timeline = Timeline.plan(scenes, List.of(), fps);

        assertThat(timeline.frames()).isEqualTo(Math.round(333.33 * fps));
        for (int k = 0; k < 100; k++) {
            double start = (double) timeline.scenes().get(k).startFrame() / fps;
            assertThat(start).isEqualTo(k * 3.3333, within(0.5 / fps + 1e-9));
        }
    }

    @Test
    void starts_a_voice_exactly_with_its_scene() {
        var timeline = Timeline.plan(
                List.of(scene(5, 1.23, Transition.NONE), scene(7, 2, Transition.FADE)),
                List.of(line(0, 7, 1.5, null, VoiceFit.STRETCH)),
                24);

        assertThat(timeline.voices().get(0).startSample())
                .isEqualTo(timeline.scenes().get(1).startFrame() * 48_000 / 24);
    }

    @Test
    void stretches_a_scene_whose_voice_is_longer() {
        var timeline = Timeline.plan(
                List.of(scene(1, 2, Transition.NONE), scene(2, 2, Transition.NONE)),
                List.of(line(0, 1, 3.01, null, VoiceFit.STRETCH)),
                25);

        assertThat(timeline.scenes().get(0).frames()).isEqualTo(76);
        assertThat(timeline.scenes().get(1).startFrame()).isEqualTo(76);
        assertThat(timeline.voices().get(0).tempo()).isEqualTo(1);
    }

    @Test
    void speeds_a_voice_up_to_fit_its_scene() {
        var timeline = Timeline.plan(
                List.of(scene(1, 2, Transition.NONE)), List.of(line(0, 1, 2.2, null, VoiceFit.SPEED)), 30);

        assertThat(timeline.frames()).isEqualTo(60);
        assertThat(timeline.voices().get(0).tempo()).isEqualTo(1.1, within(1e-6));
        assertThat(seconds(timeline.voices().get(0).length())).isEqualTo(2, within(1e-6));
    }

    @Test
    void refuses_a_voice_that_even_speeding_up_does_not_fit() {
        assertThatThrownBy(() -> Timeline.plan(
                        List.of(scene(4, 2, Transition.NONE)), List.of(line(0, 4, 2.5, null, VoiceFit.SPEED)), 30))
                .isInstanceOfSatisfying(ScriptTooLongException.class, e -> assertThat(e.sceneIndex())
                        .isEqualTo(4))
                .hasMessage("scene 4: its script takes 2.50 s to say and has 2.00 s; speech may be sped up by 1.15 at"
                        + " most, so shorten the text or give it at least 2.18 s");
    }

    @Test
    void pads_speech_shorter_than_its_slot() {
        var timeline = Timeline.plan(
                List.of(scene(1, 6, Transition.NONE)),
                List.of(line(0, 1, 1, 2.0, VoiceFit.STRETCH), line(1, 1, 1, null, VoiceFit.STRETCH)),
                30);

        assertThat(timeline.voices().get(1).startSample()).isEqualTo(96_000);
        assertThat(timeline.frames()).isEqualTo(180);
    }

    @Test
    void speeds_speech_up_to_its_slot() {
        var timeline = Timeline.plan(
                List.of(scene(1, 6, Transition.NONE)), List.of(line(0, 1, 2.2, 2.0, VoiceFit.STRETCH)), 30);

        assertThat(timeline.voices().get(0).tempo()).isEqualTo(1.1, within(1e-6));
    }

    @Test
    void refuses_speech_too_long_for_its_slot() {
        assertThatThrownBy(() -> Timeline.plan(
                        List.of(scene(1, 6, Transition.NONE)), List.of(line(0, 1, 2.5, 2.0, VoiceFit.STRETCH)), 30))
                .isInstanceOf(ScriptTooLongException.class)
                .hasMessageContaining("takes 2.50 s to say and has 2.00 s");
    }

    @Test
    void gives_up_padding_before_speeding_up() {
        var timeline = Timeline.plan(
                List.of(scene(1, 2, Transition.NONE)),
                List.of(line(0, 1, 1, 1.5, VoiceFit.SPEED), line(1, 1, 1, null, VoiceFit.SPEED)),
                30);

        assertThat(timeline.voices())
                .allSatisfy(voice -> assertThat(voice.tempo()).isEqualTo(1));
        assertThat(timeline.voices().get(1).startSample()).isEqualTo(48_000);
    }

    @Test
    void keeps_a_transition_to_half_a_second_or_a_quarter_of_the_shorter_neighbour() {
        var timeline = Timeline.plan(
                List.of(
                        scene(1, 4, Transition.FADE),
                        scene(2, 4, Transition.ZOOM),
                        scene(3, 0.8, Transition.WIPE_LEFT),
                        scene(4, 4, Transition.CUT)),
                List.of(),
                30);

        assertThat(timeline.scenes()).extracting(TimedScene::transitionFrames).containsExactly(15, 15, 6, 0);
        assertThat(timeline.length()).isEqualTo(Duration.ofMillis(12_800));
    }

    @Test
    void begins_with_a_cut_unless_it_fades_in() {
        var timeline = Timeline.plan(List.of(scene(1, 2, Transition.SLIDE_LEFT)), List.of(), 30);

        assertThat(timeline.scenes().get(0).transition()).isEqualTo(Transition.NONE);
    }

    private static PlannedScene scene(int index, double seconds, Transition transition) {
        return new PlannedScene(index, duration(seconds), transition);
    }

    private static SpokenLine line(int line, int scene, double spoken, Double slot, VoiceFit fit) {
        return new SpokenLine(line, scene, duration(spoken), slot == null ? null : duration(slot), fit);
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
