package io.storyreel.worker.media;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ExportFrameTest {

    @ParameterizedTest
    @CsvSource({
        "1920, 1080, 854, 480, 854, 480",
        "854, 480, 3840, 2160, 3840, 2160",
        "1080, 1920, 854, 480, 480, 854",
        "1080, 1080, 1280, 720, 720, 720",
        "1440, 1080, 1920, 1080, 1440, 1080",
        "1920, 1080, 1080, 1920, 1920, 1080",
        "1080, 1080, 1080, 1350, 1080, 1080",
        "1080, 1920, 1080, 1080, 608, 1080"
    })
    void swaps_or_crops_the_box_to_the_shape_of_the_picture(
            int width, int height, int boxWidth, int boxHeight, int across, int down) {
        assertThat(ExportFrame.of(width, height, boxWidth, boxHeight).canvas()).isEqualTo(new Canvas(across, down));
    }

    @Test
    void never_stretches_the_picture() {
        for (int[] size : new int[][] {{1920, 1080}, {1080, 1920}, {1080, 1080}, {854, 480}, {1366, 768}, {641, 479}}) {
            for (int[] box : new int[][] {{854, 480}, {1280, 720}, {1920, 1080}, {3840, 2160}, {1080, 1350}}) {
                Canvas scaled = ExportFrame.of(size[0], size[1], box[0], box[1]).scaled();
                double stretch = ((double) scaled.width() / scaled.height()) / ((double) size[0] / size[1]);
                assertThat(stretch).isBetween(0.994, 1.006);
            }
        }
    }
}
