package io.storyreel.worker.provider.replicate;

import io.storyreel.common.storyboard.AspectRatio;

/** Replicate's names of the shapes of a picture. */
final class Shapes {
    private Shapes() {}

    static String name(AspectRatio ratio) {
        return switch (ratio) {
            case LANDSCAPE -> "16:9";
            case PORTRAIT -> "9:16";
            case SQUARE -> "1:1";
        };
    }
}
