package io.storyreel.local.render;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import javax.imageio.ImageIO;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
