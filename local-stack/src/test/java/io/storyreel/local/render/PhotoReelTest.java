package io.storyreel.local.render;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import javax.imageio.ImageIO;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PhotoReelTest {

    @TempDir
    Path folder;

    @Test
    void makes_a_scene_of_each_picture_in_natural_order() throws Exception {
        picture("p10.png", 40, 30);
        picture("p2.png", 40, 30);
        Files.writeString(folder.resolve("notes.txt"), "no picture");
        Files.writeString(folder.resolve(".hidden.png"), "no picture");

        var reel = PhotoReel.of(folder, 3);

        assertThat(reel.path("title").asText()).isEqualTo(folder.getFileName().toString());
        assertThat(reel.path("storyboard")).hasSize(2);
        var first = reel.path("storyboard").get(0);
        assertThat(first.path("image_url").asText()).endsWith("p2.png");
        assertThat(first.path("scene_index").asInt()).isEqualTo(1);
        assertThat(first.path("duration").asDouble()).isEqualTo(3);
        assertThat(first.path("transition").asText()).isEqualTo("fade");
        assertThat(reel.path("storyboard").get(1).path("transition").asText()).isEqualTo("dissolve");
    }

    @Test
    void takes_the_ratio_nearest_to_the_first_picture() throws Exception {
        picture("1.png", 30, 50);
        assertThat(PhotoReel.of(folder, 3).path("aspect_ratio").asText()).isEqualTo("9:16");
        picture("0.png", 50, 50);
        assertThat(PhotoReel.of(folder, 3).path("aspect_ratio").asText()).isEqualTo("1:1");
    }

    @ParameterizedTest
    @CsvSource({"1,16:9,true", "3,16:9,true", "6,9:16,true", "8,9:16,false", "5,9:16,false", "9,16:9,true"})
    void takes_the_ratio_as_the_camera_was_held(int orientation, String ratio, boolean bigEndian) throws Exception {
        var jpeg = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(64, 36, BufferedImage.TYPE_INT_RGB), "jpg", jpeg);
        var stored = jpeg.toByteArray();
        var turned = new ByteArrayOutputStream();
        turned.write(stored, 0, 2);
        turned.write(exif(orientation, bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN));
        turned.write(stored, 2, stored.length - 2);
        Files.write(folder.resolve("1.jpg"), turned.toByteArray());

        assertThat(PhotoReel.of(folder, 3).path("aspect_ratio").asText()).isEqualTo(ratio);
    }

    @Test
    void a_broken_exif_block_turns_nothing() throws Exception {
        var jpeg = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(36, 64, BufferedImage.TYPE_INT_RGB), "jpg", jpeg);
        var stored = jpeg.toByteArray();
        var broken = new ByteArrayOutputStream();
        broken.write(stored, 0, 2);
        broken.write(
                new byte[] {(byte) 0xff, (byte) 0xe1, 0, 16, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 127, 0, 0, 0});
        broken.write(stored, 2, stored.length - 2);
        Files.write(folder.resolve("1.jpg"), broken.toByteArray());

        assertThat(PhotoReel.of(folder, 3).path("aspect_ratio").asText()).isEqualTo("9:16");
    }

    /** An APP1 segment whose first directory holds the orientation after one other entry. */
    private static byte[] exif(int orientation, ByteOrder order) {
        var tiff = ByteBuffer.allocate(8 + 2 + 2 * 12 + 4).order(order);
        tiff.put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(US_ASCII))
                .putShort((short) 42)
                .putInt(8);
        tiff.putShort((short) 2);
        tiff.putShort((short) 0x0100).putShort((short) 3).putInt(1).putInt(0);
        tiff.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation);
        return ByteBuffer.allocate(10 + tiff.capacity())
                .putShort((short) 0xffe1)
                .putShort((short) (8 + tiff.capacity()))
                .put("Exif\0\0".getBytes(US_ASCII))
                .put(tiff.array())
                .array();
    }

    @Test
    void says_so_when_there_is_no_picture_it_can_use() throws IOException {
        Files.writeString(folder.resolve("a.heic"), "x");

        assertThatThrownBy(() -> PhotoReel.of(folder, 3))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("no JPEG, PNG or WebP")
                .hasMessageContaining("convert its 1 other");
    }

    @Test
    void refuses_more_pictures_than_a_storyboard_has_scenes() throws IOException {
        for (var i = 0; i < 101; i++) {
            Files.writeString(folder.resolve(i + ".png"), "x");
        }

        assertThatThrownBy(() -> PhotoReel.of(folder, 3)).hasMessageContaining("101 pictures");
    }

    private void picture(String name, int width, int height) throws IOException {
        ImageIO.write(
                new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB),
                "png",
                folder.resolve(name).toFile());
    }
}
