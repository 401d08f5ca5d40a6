package io.storyreel.worker.media;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.storyboard.AspectRatio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import javax.imageio.ImageIO;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ProviderFramesTest {

    private static final int RED = 0xFF0000;
    private static final int GREEN = 0x00FF00;
    private static final int BLUE = 0x0000FF;

    @TempDir
    Path sources;

    @TempDir
    Path scratch;

    private final Ffmpeg ffmpeg = TestFfmpeg.start();
    private final MediaProbe probe = new MediaProbe(ffmpeg, TestFfmpeg.config());
    private final ProviderFrames frames = new ProviderFrames(ffmpeg, TestFfmpeg.config());

    @AfterEach
    void nothing_is_left() throws IOException {
        try (var files = Files.list(scratch)) {
            assertThat(files).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"LANDSCAPE, 1920, 1080", "PORTRAIT, 1080, 1920", "SQUARE, 1080, 1080"})
    void shows_the_whole_picture_in_the_shape_of_the_video(AspectRatio ratio, int width, int height) {
        // Red to the left, blue to the right: both edges have to be there, whatever the shape.
        var file = make("wide.png", "color=red:s=800x400[a];color=blue:s=800x400[b];[a][b]hstack");

        var frame = image(get(frames.ofPicture(get(probe.picture(file)), ratio, scratch)));

        assertThat(frame.getWidth()).isEqualTo(width);
        assertThat(frame.getHeight()).isEqualTo(height);
        assertSimilar(frame.getRGB(20, height / 2), RED);
        assertSimilar(frame.getRGB(width - 20, height / 2), BLUE);
    }

    @Test
    void turns_a_picture_as_its_camera_was_held() {
        var file = make("sideways.jpg", "color=red:s=400x200[a];color=blue:s=400x200[b];[a][b]hstack");
        var sideways = new Picture(file, PictureFormat.JPEG, 200, 800, 6);

        var frame = image(get(frames.ofPicture(sideways, AspectRatio.PORTRAIT, scratch)));

        assertSimilar(frame.getRGB(540, 30), RED);
        assertSimilar(frame.getRGB(540, 1890), BLUE);
    }

    @Test
    void gives_a_transparent_picture_a_white_ground() throws IOException {
        var file = sources.resolve("nothing.png");
        ImageIO.write(new BufferedImage(160, 90, BufferedImage.TYPE_INT_ARGB), "png", file.toFile());

        var frame = image(get(frames.ofPicture(get(probe.picture(file)), AspectRatio.LANDSCAPE, scratch)));

        assertSimilar(frame.getRGB(900, 500), 0xFFFFFF);
    }

    @Test
    void lowers_the_quality_of_a_picture_that_is_hard_to_compress() {
        var file = make("noise.png", "color=gray:s=1920x1080,noise=alls=100:allf=t");

        var address = get(frames.ofPicture(get(probe.picture(file)), AspectRatio.LANDSCAPE, scratch));

        assertThat(address).startsWith("data:image/jpeg;base64,").hasSizeBetween(500_000, 3_000_000);
        assertThat(jpeg(address)).hasSizeLessThanOrEqualTo(2_200_000);
        assertThat(image(address).getWidth()).isEqualTo(1_920);
    }

    @ParameterizedTest
    @CsvSource({"30, 90", "10, 30", "60, 3", "24, 1"})
    void goes_on_from_the_last_frame_of_a_clip(int fps, int count) {
        // Green on the very last frame only.
        var file = make(
                "clip.mp4",
                ("color=red:s=640x360:r=%1$d,format=rgb24,trim=end_frame=%2$d,drawbox=c=0x00FF00:t=fill:enable='eq(n,%3$d)',"
                                + "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p")
                        .formatted(fps, count, count - 1));

        var frame = image(get(frames.lastOf(get(probe.media(file)), AspectRatio.LANDSCAPE, scratch)));

        assertThat(frame.getWidth()).isEqualTo(1_920);
        assertSimilar(frame.getRGB(960, 540), GREEN);
    }

    @Test
    void finds_no_last_frame_where_there_is_no_picture() {
        var file = make("sound.mp4", "sine=duration=1", "-f", "mp4");

        assertThatThrownBy(() -> get(frames.lastOf(get(probe.media(file)), AspectRatio.SQUARE, scratch)))
                .isInstanceOf(UnreadableMediaException.class)
                .hasMessage("has no picture");
    }

    private Path make(String name, String graph, String... options) {
        var file = sources.resolve(name);
        var arguments = new ArrayList<>(List.of("-f", "lavfi", "-i", graph));
        if (name.endsWith(".png") || name.endsWith(".jpg")) {
            arguments.addAll(List.of("-frames:v", "1"));
        } else if (options.length == 0) {
            arguments.addAll(List.of("-c:v", "libx264", "-pix_fmt", "yuv420p"));
        }
        arguments.addAll(List.of(options));
        arguments.add(file.toString());
        TestFfmpeg.make(sources, arguments.toArray(String[]::new));
        return file;
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(TestFfmpeg.PATIENCE);
    }

    private static byte[] jpeg(String address) {
        return Base64.getDecoder().decode(address.substring(address.indexOf(',') + 1));
    }

    private static BufferedImage image(String address) {
        try {
            return ImageIO.read(new ByteArrayInputStream(jpeg(address)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertSimilar(int found, int wanted) {
        var is = new Color(found);
        var should = new Color(wanted);
        assertThat(Math.abs(is.getRed() - should.getRed())
                        + Math.abs(is.getGreen() - should.getGreen())
                        + Math.abs(is.getBlue() - should.getBlue()))
                .as("colour %06x, wanted %06x", found & 0xFFFFFF, wanted)
                .isLessThan(40);
    }
}
