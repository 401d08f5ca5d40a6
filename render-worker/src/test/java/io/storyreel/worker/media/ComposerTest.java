package io.storyreel.worker.media;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.storyboard.Motion;
import io.storyreel.common.storyboard.Transition;
import io.storyreel.common.storyboard.VoiceFit;
import io.storyreel.worker.media.SceneVisual.Clip;
import io.storyreel.worker.media.SceneVisual.Still;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import javax.imageio.ImageIO;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

class ComposerTest {

    private static final Canvas SMALL = new Canvas(320, 180);
    private static final List<Caption> NO_CAPTIONS = List.of();

    @TempDir
    Path scratch;

    private final Ffmpeg ffmpeg = TestFfmpeg.start();
    private final MediaProbe probe = new MediaProbe(ffmpeg, TestFfmpeg.config());
    private final Composer composer = new Composer(ffmpeg, TestFfmpeg.config());
    private final List<Double> progress = Collections.synchronizedList(new ArrayList<>());
    private Picture landscape;

    @BeforeEach
    void photograph() {
        landscape = picture("landscape.jpg", "testsrc=s=640x360");
    }

    @ParameterizedTest
    @EnumSource(value = Transition.class)
    void keeps_the_length_to_a_frame_whatever_the_transition(Transition transition) {
        var timeline = Timeline.plan(
                List.of(scene(1, 1.1, Transition.FADE), scene(2, 0.9, transition), scene(3, 0.7, transition)),
                List.of(),
                25);

        var video = video(compose(new Composition(
                SMALL,
                Container.MP4,
                timeline,
                List.of(still(Motion.ZOOM_IN), still(Motion.PAN_LEFT), still(Motion.NONE)),
                List.of(),
                null,
                NO_CAPTIONS)));

        assertThat(video.frames()).isEqualTo(68);
        assertThat(video.pixelFormat()).isEqualTo("yuv420p");
    }

    @ParameterizedTest
    @CsvSource({"50, 1", "1, 50", "1, 1", "4000, 80", "80, 4000"})
    void shows_pictures_of_every_shape_that_the_probe_takes(int width, int height) throws Exception {
        var file = scratch.resolve("shape.png");
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
        var shape = get(probe.picture(file));

        var video = video(compose(new Composition(
                SMALL,
                Container.MP4,
                Timeline.plan(List.of(scene(1, 0.4, Transition.NONE), scene(2, 0.4, Transition.ZOOM)), List.of(), 25),
                List.of(new Still(shape, Motion.ZOOM_IN), new Still(shape, Motion.PAN_LEFT)),
                List.of(),
                null,
                NO_CAPTIONS)));

        assertThat(video.frames()).isEqualTo(20);
    }

    @ParameterizedTest
    @CsvSource({"MP4, 24, h264, aac", "MOV, 30, h264, aac", "WEBM, 25, vp9, opus", "MP4, 60, h264, aac"})
    void writes_every_container_with_its_codecs(Container container, int fps, String picture, String sound) {
        var timeline =
                Timeline.plan(List.of(scene(1, 0.5, Transition.NONE), scene(2, 0.5, Transition.FADE)), List.of(), fps);

        var media = compose(new Composition(
                new Canvas(180, 320),
                container,
                timeline,
                List.of(still(Motion.AUTO), still(Motion.AUTO)),
                List.of(),
                null,
                NO_CAPTIONS));

        assertThat(media.container()).isEqualTo(container);
        assertThat(video(media)).satisfies(video -> {
            assertThat(video.codec()).isEqualTo(picture);
            assertThat(video.frames()).isEqualTo(fps);
            assertThat(video.width()).isEqualTo(180);
            assertThat(video.height()).isEqualTo(320);
            assertThat(video.pixelFormat()).isEqualTo("yuv420p");
        });
        assertThat(media.sound()).hasValueSatisfying(track -> {
            assertThat(track.codec()).isEqualTo(sound);
            assertThat(seconds(track.length())).isEqualTo(1, within(0.05));
        });
    }

    @Test
    void starts_every_voice_with_its_scene_at_the_loudness_of_the_web() {
        var voice = sound("voice.wav", "sine=f=440:d=0.8,volume=-4dB,adelay=300:all=1,apad=pad_dur=0.5");
        var spoken = voice.sounding();
        var timeline = Timeline.plan(
                List.of(
                        scene(1, 2, Transition.NONE),
                        scene(2, 1.5, Transition.FADE),
                        scene(3, 2, Transition.WIPE_LEFT)),
                List.of(line(0, 1, spoken), line(1, 2, spoken), line(2, 3, spoken)),
                30);

        var media = compose(new Composition(
                SMALL,
                Container.MP4,
                timeline,
                List.of(still(Motion.NONE), still(Motion.NONE), still(Motion.NONE)),
                List.of(voice, voice, voice),
                null,
                NO_CAPTIONS));

        assertThat(onsets(media)).hasSize(3);
        assertThat(onsets(media).get(0)).isEqualTo(0, within(0.05));
        assertThat(onsets(media).get(1)).isEqualTo(2, within(0.05));
        assertThat(onsets(media).get(2)).isEqualTo(3.5, within(0.05));
        assertThat(loudness(media).integrated()).isEqualTo(-16, within(1.0));
        assertThat(loudness(media).peak()).isLessThan(-0.5);
    }

    @Test
    void loops_short_music_ducks_it_under_the_voice_and_fades_it_out() {
        var voice = sound("voice.wav", "sine=f=2000:d=1.5,volume=-15dB");
        var song = sound("song.mp3", "sine=f=200:d=1");
        var timeline = Timeline.plan(
                List.of(scene(1, 2, Transition.NONE), scene(2, 4, Transition.NONE)),
                List.of(line(0, 2, voice.sounding())),
                25);

        var media = compose(new Composition(
                SMALL,
                Container.MP4,
                timeline,
                List.of(still(Motion.NONE), still(Motion.NONE)),
                List.of(voice),
                new Music(song, 0.5, true),
                NO_CAPTIONS));

        // The voice sounds at 2 kHz and the music at 200 Hz, so a low-pass leaves the music alone.
        double before = musicLevel(media, 1, 1.8);
        double under = musicLevel(media, 2.3, 3.4);
        double after = musicLevel(media, 4.1, 4.9);
        double end = musicLevel(media, 5.9, 6);
        assertThat(before - under).isEqualTo(12, within(1.0));
        assertThat(after).isEqualTo(before, within(1.0));
        assertThat(end).isLessThan(before - 12);
        assertThat(loudness(media).integrated()).isEqualTo(-16, within(1.0));
    }

    @Test
    void holds_a_peaky_mix_at_its_loudness_below_full_scale() {
        var voice = sound("clicks.wav", "aevalsrc='0.9*sin(600*t)*exp(-20*mod(t,0.5))':d=6:s=48000");
        var timeline = Timeline.plan(List.of(scene(1, 6, Transition.NONE)), List.of(line(0, 1, voice.sounding())), 25);

        var media = compose(new Composition(
                SMALL, Container.MP4, timeline, List.of(still(Motion.NONE)), List.of(voice), null, NO_CAPTIONS));

        assertThat(loudness(media).integrated()).isEqualTo(-16, within(1.0));
        assertThat(loudness(media).peak()).isLessThan(0);
    }

    @Test
    void leaves_silence_silent() {
        var quiet = sound("quiet.wav", "anullsrc=d=1");
        var timeline = Timeline.plan(List.of(scene(1, 0.5, Transition.FADE)), List.of(), 30);

        var media = compose(new Composition(
                SMALL,
                Container.MP4,
                timeline,
                List.of(still(Motion.AUTO)),
                List.of(),
                new Music(quiet, 0.3, true),
                NO_CAPTIONS));

        assertThat(loudness(media).measurable()).isFalse();
    }

    @Test
    void cuts_long_clips_and_holds_short_ones_on_their_last_frame() {
        var clip = clip("clip.mp4");
        var timeline = Timeline.plan(
                List.of(
                        scene(1, 0.6, Transition.NONE),
                        scene(2, 2, Transition.ZOOM),
                        scene(3, 1, Transition.SLIDE_LEFT)),
                List.of(),
                30);

        var media = compose(new Composition(
                SMALL,
                Container.MP4,
                timeline,
                List.of(new Clip(clip), new Clip(clip), still(Motion.PAN_UP)),
                List.of(),
                null,
                NO_CAPTIONS));

        assertThat(video(media).frames()).isEqualTo(108);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void joins_a_video_made_in_several_runs_to_the_same_frame(Container container) {
        var transitions = List.of(
                Transition.FADE,
                Transition.FADE,
                Transition.ZOOM,
                Transition.NONE,
                Transition.WIPE_LEFT,
                Transition.SLIDE_LEFT,
                Transition.NONE);
        var scenes = new ArrayList<PlannedScene>();
        var visuals = new ArrayList<SceneVisual>();
        var clip = clip("clip.mp4");
        for (int k = 0; k < transitions.size(); k++) {
            scenes.add(scene(k + 1, 0.7, transitions.get(k)));
            visuals.add(k % 3 == 1 ? new Clip(clip) : still(Motion.AUTO));
        }
        var composition = new Composition(
                SMALL, container, Timeline.plan(scenes, List.of(), 30), visuals, List.of(), null, NO_CAPTIONS);

        var whole = compose(composition);
        var wholeFrames = luma(whole);
        var joined = compose(composition, new Composer(ffmpeg, TestFfmpeg.frugal()));

        assertThat(video(joined))
                .usingRecursiveComparison()
                .ignoringFields("bytes")
                .isEqualTo(video(whole));
        assertThat(joined.sound()).isEqualTo(whole.sound());
        var joinedFrames = luma(joined);
        assertThat(joinedFrames).hasSize(147).hasSameSizeAs(wholeFrames);
        for (int k = 0; k < joinedFrames.size(); k++) {
            assertThat(joinedFrames.get(k)).as("frame %d", k).isEqualTo(wholeFrames.get(k), within(1.5));
        }
    }

    @Test
    void burns_captions_whatever_characters_they_hold() {
        var voice = sound("voice.wav", "sine=d=1");
        var timeline =
                Timeline.plan(List.of(scene(1, 1.5, Transition.NONE)), List.of(line(0, 1, voice.sounding())), 25);
        var captions = Captions.of(timeline, line -> "It's 100% \"fine\": a\\b, {c}; [d] =x, שלום 😀 مرحبا");

        var media = compose(new Composition(
                new Canvas(640, 360),
                Container.MP4,
                timeline,
                List.of(still(Motion.NONE)),
                List.of(voice),
                null,
                captions));

        assertThat(video(media).frames()).isEqualTo(38);
        TestFfmpeg.make(scratch, "-i", media.file().toString(), "-frames:v", "1", "captioned.png");
        TestFfmpeg.make(scratch, "-i", landscape.file().toString(), "-frames:v", "1", "plain.png");
        assertThat(whitePixels("captioned.png")).isGreaterThan(whitePixels("plain.png") + 200);
    }

    @ParameterizedTest
    @CsvSource({"tall.png, 200x900", "wide.webp, 900x200", "square.jpg, 301x299"})
    void fits_pictures_of_any_shape(String name, String size) {
        var timeline = Timeline.plan(List.of(scene(1, 0.5, Transition.NONE)), List.of(), 24);

        var media = compose(new Composition(
                SMALL,
                Container.MP4,
                timeline,
                List.of(new Still(picture(name, "testsrc=s=" + size), Motion.ZOOM_OUT)),
                List.of(),
                null,
                NO_CAPTIONS));

        assertThat(video(media).frames()).isEqualTo(12);
    }

    @Test
    void leaves_nothing_but_the_video_behind() throws Exception {
        var timeline = Timeline.plan(List.of(scene(1, 0.5, Transition.NONE)), List.of(), 24);
        compose(new Composition(
                SMALL, Container.MP4, timeline, List.of(still(Motion.NONE)), List.of(), null, NO_CAPTIONS));

        assertThat(progress).isSorted().endsWith(1.0);
        try (var left = Files.list(scratch)) {
            assertThat(left)
                    .extracting(Path::getFileName)
                    .extracting(Path::toString)
                    .containsExactlyInAnyOrder("landscape.jpg", "out.mp4");
        }
    }

    @Test
    void stops_when_it_is_cancelled() {
        var timeline = Timeline.plan(List.of(scene(1, 60, Transition.NONE)), List.of(), 60);
        var composition = new Composition(
                new Canvas(1920, 1080),
                Container.MP4,
                timeline,
                List.of(still(Motion.ZOOM_IN)),
                List.of(),
                null,
                NO_CAPTIONS);
        var running = composer.compose(composition, scratch, scratch.resolve("out.mp4"), progress::add)
                .subscribeAsCompletionStage();
        await().until(() -> !progress.isEmpty() && progress.get(progress.size() - 1) > 0.05);
        assertThat(TestFfmpeg.composingIn(scratch)).isNotEmpty();

        running.cancel(false);

        await().until(() -> TestFfmpeg.composingIn(scratch).isEmpty());
    }

    @Test
    void extracts_a_poster() {
        var timeline = Timeline.plan(List.of(scene(1, 1, Transition.NONE)), List.of(), 24);
        var media = compose(new Composition(
                SMALL, Container.MP4, timeline, List.of(still(Motion.NONE)), List.of(), null, NO_CAPTIONS));

        var poster = get(composer.poster(media, Duration.ofMillis(500), scratch.resolve("poster.jpg")));

        assertThat(get(probe.picture(poster)))
                .isEqualTo(new Picture(poster, PictureFormat.JPEG, SMALL.width(), SMALL.height(), 1));
    }

    @Test
    void keeps_white_white_in_a_poster() throws Exception {
        landscape = picture("white.png", "color=white:s=640x360");
        var timeline = Timeline.plan(List.of(scene(1, 1, Transition.NONE)), List.of(), 24);
        var media = compose(new Composition(
                SMALL, Container.MP4, timeline, List.of(still(Motion.NONE)), List.of(), null, NO_CAPTIONS));

        var poster = get(composer.poster(media, Duration.ofMillis(500), scratch.resolve("poster.jpg")));

        assertThat(ImageIO.read(poster.toFile()).getRGB(160, 90) & 0xF0F0F0).isEqualTo(0xF0F0F0);
    }

    @Test
    void makes_a_sample_clip() {
        var samples = new SampleClip(ffmpeg, TestFfmpeg.config());

        var file = get(samples.write(SMALL, 24, Duration.ofSeconds(2), 7, scratch.resolve("sample.mp4")));

        assertThat(video(get(probe.media(file))).frames()).isEqualTo(48);
    }

    @Test
    void names_what_is_missing() {
        var timeline = Timeline.plan(List.of(scene(1, 1, Transition.NONE)), List.of(), 24);

        assertThatThrownBy(
                        () -> new Composition(SMALL, Container.MP4, timeline, List.of(), List.of(), null, NO_CAPTIONS))
                .hasMessage("1 scenes cannot show 0 visuals");
    }

    private MediaFile compose(Composition composition) {
        return compose(composition, composer);
    }

    /** Mean brightness of each frame. */
    private List<Double> luma(MediaFile media) {
        var values = new ArrayList<Double>();
        get(ffmpeg.run(FfmpegCommand.measure(
                List.of(
                        "-i",
                        media.file().toString(),
                        "-an",
                        "-vf",
                        "signalstats,metadata=mode=print:file=-",
                        "-f",
                        "null",
                        "/dev/null"),
                scratch,
                TestFfmpeg.PATIENCE,
                line -> {
                    if (line.startsWith("lavfi.signalstats.YAVG=")) {
                        values.add(Double.parseDouble(line.substring(line.indexOf('=') + 1)));
                    }
                },
                line -> {})));
        return values;
    }

    private MediaFile compose(Composition composition, Composer composer) {
        var output = scratch.resolve("out." + composition.container().output().extension());
        get(composer.compose(composition, scratch, output, progress::add));
        return get(probe.media(output));
    }

    private static PlannedScene scene(int index, double seconds, Transition transition) {
        return new PlannedScene(index, Duration.ofMillis(Math.round(seconds * 1000)), transition);
    }

    private static SpokenLine line(int line, int scene, Duration spoken) {
        return new SpokenLine(line, scene, spoken, null, VoiceFit.STRETCH);
    }

    private Still still(Motion motion) {
        return new Still(landscape, motion);
    }

    private Picture picture(String name, String source) {
        TestFfmpeg.make(scratch, "-f", "lavfi", "-i", source, "-frames:v", "1", name);
        return get(probe.picture(scratch.resolve(name)));
    }

    private Audio sound(String name, String source) {
        TestFfmpeg.make(scratch, "-f", "lavfi", "-i", source, "-t", "10", name);
        return get(probe.audio(scratch.resolve(name)));
    }

    private MediaFile clip(String name) {
        TestFfmpeg.make(scratch, "-f", "lavfi", "-i", "testsrc=s=320x240:r=24:d=1", "-pix_fmt", "yuv420p", name);
        return get(probe.media(scratch.resolve(name)));
    }

    private static Track.Video video(MediaFile media) {
        return media.video().orElseThrow();
    }

    private Loudness loudness(MediaFile media) {
        return get(probe.loudness(media.file(), media.container()));
    }

    private double musicLevel(MediaFile media, double from, double to) {
        TestFfmpeg.make(
                scratch,
                "-i",
                media.file().toString(),
                "-vn",
                "-af",
                "atrim=%s:%s,lowpass=f=500,lowpass=f=500,lowpass=f=500".formatted(from, to),
                "part.wav");
        return get(probe.loudness(scratch.resolve("part.wav"), "wav")).peak();
    }

    private List<Double> onsets(MediaFile media) {
        TestFfmpeg.make(scratch, "-i", media.file().toString(), "-vn", "decoded.wav");
        var sound = new SoundSpan();
        get(ffmpeg.run(FfmpegCommand.measure(
                List.of("-f", "wav", "-i", "decoded.wav", "-af", SoundSpan.FILTER, "-f", "null", "-"),
                scratch,
                TestFfmpeg.PATIENCE,
                line -> {},
                sound::log)));
        var onsets = new ArrayList<Double>();
        var silences = sound.silences(Duration.ofHours(1));
        if (silences.isEmpty() || silences.get(0).from().toMillis() > 60) {
            onsets.add(0.0);
        }
        silences.stream()
                .map(silence -> seconds(silence.to()))
                .filter(end -> end < seconds(media.length()) - 0.1)
                .forEach(onsets::add);
        return onsets;
    }

    private long whitePixels(String name) throws RuntimeException {
        try {
            var image = javax.imageio.ImageIO.read(scratch.resolve(name).toFile());
            long white = 0;
            for (int y = image.getHeight() * 2 / 3; y < image.getHeight(); y++) {
                for (int x = 0; x < image.getWidth(); x++) {
                    white += (image.getRGB(x, y) & 0xF0F0F0) == 0xF0F0F0 ? 1 : 0;
                }
            }
            return white;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(TestFfmpeg.PATIENCE);
    }
}
