package io.storyreel.worker.media;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.storyboard.Motion;
import io.storyreel.common.storyboard.Transition;
import io.storyreel.worker.media.SceneVisual.Clip;
import io.storyreel.worker.media.SceneVisual.Part;
import io.storyreel.worker.media.SceneVisual.Still;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import javax.imageio.ImageIO;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Looks at the pixels of scenes that are made of clips. */
class ClipJoiningTest {

    private static final int FPS = 24;
    private static final Canvas CANVAS = new Canvas(256, 144);

    @TempDir
    Path scratch;

    private final Ffmpeg ffmpeg = TestFfmpeg.start();
    private final MediaProbe probe = new MediaProbe(ffmpeg, TestFfmpeg.config());

    @ParameterizedTest
    @CsvSource({"24, 24", "30, 24", "24, 60", "25, 30"})
    void shows_one_part_after_another_each_cut_to_its_frames(int clipFps, int fps) {
        var red = flat("red", clipFps, 2);
        var lime = flat("lime", clipFps, 2);
        var blue = flat("blue", clipFps, 2);
        var clip = new Clip(List.of(new Part(red, fps), new Part(lime, 3 * fps / 2), Part.whole(blue)));

        var shown = colours(compose(fps, new Composer(ffmpeg, TestFfmpeg.config()), 3.0, clip));

        assertThat(shown).hasSize(3 * fps);
        assertThat(shown.subList(0, fps)).containsOnly("red");
        assertThat(shown.subList(fps, 5 * fps / 2)).containsOnly("lime");
        assertThat(shown.subList(5 * fps / 2, 3 * fps)).containsOnly("blue");
    }

    @Test
    void slows_a_clip_down_for_a_scene_that_is_a_little_longer() {
        // Half red, half blue: at 1.2 times its length, the change comes after 1.2 s.
        var shown = colours(compose(2.4, new Clip(halves())));

        assertThat(shown).hasSize(58);
        assertThat(shown.subList(0, 28)).containsOnly("red");
        assertThat(shown.subList(30, 58)).containsOnly("blue");
    }

    @Test
    void slows_a_clip_down_by_a_quarter_at_most_and_holds_its_last_frame() {
        var shown = colours(compose(4, new Clip(halves())));

        assertThat(shown).hasSize(96);
        assertThat(shown.subList(0, 29)).containsOnly("red");
        assertThat(shown.subList(31, 96)).containsOnly("blue");
    }

    @Test
    void slows_all_parts_alike() {
        var clip = new Clip(List.of(new Part(flat("red", FPS, 2), FPS), new Part(flat("blue", FPS, 2), FPS)));

        var shown = colours(compose(2.5, clip));

        assertThat(shown).hasSize(60);
        assertThat(shown.subList(0, 30)).containsOnly("red");
        assertThat(shown.subList(30, 60)).containsOnly("blue");
    }

    @Test
    void plays_a_clip_that_is_long_enough_at_its_own_speed() {
        var shown = colours(compose(1.5, new Clip(halves())));

        assertThat(shown.subList(0, 24)).containsOnly("red");
        assertThat(shown.subList(24, 36)).containsOnly("blue");
    }

    @Test
    void joins_parts_beside_stills_and_transitions_in_one_run_or_several() {
        var white = picture();
        var clip = new Clip(List.of(new Part(flat("red", 30, 1), FPS), new Part(flat("blue", 30, 1), FPS)));
        var timeline = Timeline.plan(
                List.of(
                        scene(1, 1, Transition.NONE),
                        scene(2, 2, Transition.NONE),
                        scene(3, 1, Transition.FADE),
                        scene(4, 2, Transition.WIPE_LEFT)),
                List.of(),
                FPS);
        var visuals = List.<SceneVisual>of(new Still(white, Motion.NONE), clip, new Still(white, Motion.ZOOM_IN), clip);

        for (var config : List.of(TestFfmpeg.config(), TestFfmpeg.frugal())) {
            var shown = colours(compose(new Composer(ffmpeg, config), timeline, visuals));

            assertThat(shown).hasSize(6 * FPS);
            assertThat(shown.subList(0, 24)).containsOnly("white");
            assertThat(shown.subList(24, 48)).containsOnly("red");
            assertThat(shown.subList(48, 72)).containsOnly("blue");
            assertThat(shown.subList(84, 96)).containsOnly("white");
            assertThat(shown.subList(108, 120)).containsOnly("red");
            assertThat(shown.subList(120, 144)).containsOnly("blue");
        }
    }

    @Test
    void refuses_a_clip_of_nothing() {
        assertThatThrownBy(() -> new Clip(List.of())).hasMessageContaining("at least one part");
        assertThatThrownBy(() -> new Part(null, 0)).hasMessageContaining("at least one frame");
    }

    private MediaFile compose(double seconds, Clip clip) {
        return compose(FPS, new Composer(ffmpeg, TestFfmpeg.config()), seconds, clip);
    }

    private MediaFile compose(int fps, Composer composer, double seconds, Clip clip) {
        return compose(
                composer, Timeline.plan(List.of(scene(1, seconds, Transition.NONE)), List.of(), fps), List.of(clip));
    }

    private MediaFile compose(Composer composer, Timeline timeline, List<SceneVisual> visuals) {
        var output = scratch.resolve("out.mp4");
        get(composer.compose(
                new Composition(CANVAS, Container.MP4, timeline, visuals, List.of(), null, List.of()),
                scratch,
                output,
                part -> {}));
        return get(probe.media(output));
    }

    private static PlannedScene scene(int index, double seconds, Transition transition) {
        return new PlannedScene(index, Duration.ofMillis(Math.round(seconds * 1000)), transition);
    }

    private MediaFile flat(String colour, int fps, int seconds) {
        return clip(colour + ".mp4", "color=%s:s=640x360:r=%d:d=%d".formatted(colour, fps, seconds));
    }

    /** Two seconds: red, then blue. */
    private MediaFile halves() {
        return clip(
                "halves.mp4",
                "color=red:s=640x360:r=%1$d:d=1[a];color=blue:s=640x360:r=%1$d:d=1[b];[a][b]concat=n=2:v=1:a=0"
                        .formatted(FPS));
    }

    private MediaFile clip(String name, String graph) {
        TestFfmpeg.make(scratch, "-f", "lavfi", "-i", graph, "-c:v", "libx264", "-pix_fmt", "yuv420p", name);
        return get(probe.media(scratch.resolve(name)));
    }

    private Picture picture() {
        TestFfmpeg.make(scratch, "-f", "lavfi", "-i", "color=white:s=640x360", "-frames:v", "1", "white.png");
        return get(probe.picture(scratch.resolve("white.png")));
    }

    /** The colour in the middle of each frame. */
    private List<String> colours(MediaFile video) {
        long frames = video.video().orElseThrow().frames();
        TestFfmpeg.make(scratch, "-i", video.file().toString(), "-vf", "scale=16:9", "-vsync", "0", "seen-%d.png");
        var colours = new ArrayList<String>();
        IntStream.rangeClosed(1, (int) frames).forEach(frame -> colours.add(colour(frame)));
        return colours;
    }

    private String colour(int frame) {
        try {
            BufferedImage image =
                    ImageIO.read(scratch.resolve("seen-" + frame + ".png").toFile());
            var middle = new Color(image.getRGB(8, 4));
            boolean red = middle.getRed() > 160;
            boolean green = middle.getGreen() > 160;
            boolean blue = middle.getBlue() > 160;
            return red && green && blue
                    ? "white"
                    : red && !green && !blue
                            ? "red"
                            : green && !red && !blue ? "lime" : blue && !red && !green ? "blue" : "" + middle;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(TestFfmpeg.PATIENCE);
    }
}
