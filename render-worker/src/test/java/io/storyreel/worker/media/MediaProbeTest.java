package io.storyreel.worker.media;

import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import javax.imageio.ImageIO;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class MediaProbeTest {

    @TempDir
    Path scratch;

    private final MediaProbe probe = new MediaProbe(TestFfmpeg.start(), TestFfmpeg.config());

    @Test
    void lists_the_streams_of_a_video() {
        var file = video("video.mp4");

        var media = await(probe.media(file));

        assertThat(media.container()).isEqualTo(Container.MP4);
        assertThat(media.video()).hasValueSatisfying(video -> {
            assertThat(video.codec()).isEqualTo("h264");
            assertThat(video.width()).isEqualTo(160);
            assertThat(video.height()).isEqualTo(120);
            assertThat(video.frames()).isEqualTo(50);
            assertThat(video.framesPerSecond()).isEqualTo(25, within(0.01));
            assertThat(video.pixelFormat()).isEqualTo("yuv420p");
            assertThat(video.length()).isEqualTo(Duration.ofSeconds(2));
        });
        assertThat(media.sound()).hasValueSatisfying(sound -> {
            assertThat(sound.codec()).isEqualTo("aac");
            assertThat(sound.sampleRate()).isEqualTo(48_000);
        });
    }

    @Test
    void refuses_a_video_that_was_cut_off() throws Exception {
        var cut = cut(video("whole.mp4"), "cut.mp4");

        assertThatThrownBy(() -> await(probe.media(cut))).isInstanceOf(UnreadableMediaException.class);
    }

    @Test
    void tells_a_video_with_wrong_bytes_in_its_middle_from_a_good_one() throws Exception {
        var good = video("good.mp4");
        byte[] bytes = Files.readAllBytes(good);
        for (int i = bytes.length / 2; i < bytes.length / 2 + 2048; i++) {
            bytes[i] ^= 0x55;
        }
        var spoilt = Files.write(scratch.resolve("spoilt.mp4"), bytes);

        await(probe.plays(good));

        assertThatThrownBy(() -> await(probe.plays(spoilt)))
                .isInstanceOf(UnreadableMediaException.class)
                .message()
                .doesNotContain(scratch.toString());
    }

    @ParameterizedTest
    @CsvSource({"photo.jpg, JPEG", "photo.png, PNG", "photo.webp, WEBP"})
    void reads_the_format_and_size_of_a_picture(String name, PictureFormat format) {
        TestFfmpeg.make(scratch, "-f", "lavfi", "-i", "testsrc=s=300x200", "-frames:v", "1", name);

        var picture = await(probe.picture(scratch.resolve(name)));

        assertThat(picture).isEqualTo(new Picture(scratch.resolve(name), format, 300, 200, 1));
    }

    @ParameterizedTest
    @CsvSource({"photo.jpg", "photo.png", "photo.webp"})
    void refuses_a_picture_that_was_cut_off(String name) throws Exception {
        TestFfmpeg.make(scratch, "-f", "lavfi", "-i", "testsrc=s=300x200", "-frames:v", "1", name);
        var cut = cut(scratch.resolve(name), "cut-" + name);

        assertThatThrownBy(() -> await(probe.picture(cut))).isInstanceOf(UnreadableMediaException.class);
    }

    @ParameterizedTest
    @CsvSource({"4000, 1", "1, 4000", "51, 1"})
    void refuses_a_picture_that_is_little_more_than_a_line(int width, int height) throws Exception {
        var line = blank(width, height);

        assertThatThrownBy(() -> await(probe.picture(line)))
                .isInstanceOf(UnreadableMediaException.class)
                .hasMessageContaining(width + " x " + height + " pixels")
                .hasMessageContaining("50 times");
    }

    @Test
    void takes_a_picture_as_long_as_is_allowed() throws Exception {
        assertThat(await(probe.picture(blank(50, 1))))
                .extracting(Picture::width)
                .isEqualTo(50);
    }

    @Test
    void refuses_text_that_calls_itself_a_picture() throws Exception {
        var text = Files.writeString(scratch.resolve("note.jpg"), "not a picture at all");

        assertThatThrownBy(() -> await(probe.picture(text)))
                .isInstanceOf(UnreadableMediaException.class)
                .hasMessageContaining("JPEG, PNG or WebP");
    }

    @Test
    void refuses_a_picture_that_calls_itself_music() {
        TestFfmpeg.make(scratch, "-f", "lavfi", "-i", "testsrc=s=300x200", "-frames:v", "1", "photo.png");

        assertThatThrownBy(() -> await(probe.audio(scratch.resolve("photo.png"))))
                .isInstanceOf(UnreadableMediaException.class)
                .hasMessageContaining("MP3, AAC, WAV");
    }

    @ParameterizedTest
    @CsvSource({"voice.wav", "voice.mp3", "voice.flac", "voice.aac", "voice.m4a"})
    void finds_where_the_sound_of_a_file_begins_and_ends(String name) {
        TestFfmpeg.make(
                scratch, "-f", "lavfi", "-i", "sine=f=300:d=1", "-af", "adelay=400:all=1,apad=pad_dur=0.6", name);

        var audio = await(probe.audio(scratch.resolve(name)));

        assertThat(seconds(audio.length())).isEqualTo(2, within(0.08));
        assertThat(seconds(audio.soundingFrom())).isEqualTo(0.4, within(0.08));
        assertThat(seconds(audio.soundingTo())).isEqualTo(1.4, within(0.08));
    }

    @Test
    void knows_silence() {
        TestFfmpeg.make(scratch, "-f", "lavfi", "-i", "anullsrc=d=1", "-t", "1", "silence.wav");

        assertThat(await(probe.audio(scratch.resolve("silence.wav"))).silent()).isTrue();
        assertThat(await(probe.loudness(scratch.resolve("silence.wav"), "wav")).measurable())
                .isFalse();
    }

    @Test
    void measures_loudness() {
        TestFfmpeg.make(scratch, "-f", "lavfi", "-i", "sine=f=1000:d=3,volume=0dB", "-ac", "2", "tone.wav");

        var loudness = await(probe.loudness(scratch.resolve("tone.wav"), "wav"));

        assertThat(loudness.integrated()).isEqualTo(-21, within(1.5));
        assertThat(loudness.peak()).isEqualTo(-21, within(1.5));
    }

    @Test
    void finds_black_and_silent_stretches() {
        TestFfmpeg.make(
                scratch,
                "-f",
                "lavfi",
                "-i",
                "color=white:d=1:r=25:s=160x120,tpad=stop_duration=1:color=black",
                "-f",
                "lavfi",
                "-i",
                "sine=d=1,apad=pad_dur=1",
                "-pix_fmt",
                "yuv420p",
                "half.mp4");

        var darkness = await(probe.media(scratch.resolve("half.mp4")).chain(probe::darkness));

        assertThat(darkness.blackAt(Duration.ofMillis(500))).isFalse();
        assertThat(darkness.blackAt(Duration.ofMillis(1500))).isTrue();
        assertThat(darkness.silentDuring(Duration.ofMillis(200), Duration.ofMillis(800)))
                .isFalse();
        assertThat(darkness.silentDuring(Duration.ofMillis(1200), Duration.ofMillis(1800)))
                .isTrue();
    }

    private Path blank(int width, int height) throws Exception {
        var file = scratch.resolve("blank.png");
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
        return file;
    }

    private Path video(String name) {
        TestFfmpeg.make(
                scratch,
                "-f",
                "lavfi",
                "-i",
                "testsrc=s=160x120:r=25:d=2",
                "-f",
                "lavfi",
                "-i",
                "sine=r=48000:d=2",
                "-pix_fmt",
                "yuv420p",
                "-movflags",
                "+faststart",
                name);
        return scratch.resolve(name);
    }

    private Path cut(Path whole, String name) throws Exception {
        var bytes = Files.readAllBytes(whole);
        return Files.write(scratch.resolve(name), Arrays.copyOf(bytes, bytes.length * 2 / 3));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(TestFfmpeg.PATIENCE);
    }
}
