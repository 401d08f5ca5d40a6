package io.storyreel.worker.media;

import java.nio.file.Path;

/**
 * A still picture that was decoded once.
 *
 * @param width pixels, as shown: after turning by the camera's orientation
 * @param height pixels, as shown
 * @param orientation EXIF's orientation, 1 (upright) to 8
 */
public record Picture(Path file, PictureFormat format, int width, int height, int orientation) {

    public Picture {
        if (width < 1 || height < 1 || orientation < 1 || orientation > 8) {
            throw new IllegalArgumentException(
                    "no picture is %dx%d with orientation %d".formatted(width, height, orientation));
        }
    }
}
