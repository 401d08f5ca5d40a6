package io.storyreel.worker.media;

import io.storyreel.common.storyboard.Motion;

import java.nio.file.Path;

/** What a scene shows. */
public sealed interface SceneVisual {

    Path file();

    /** A still picture under a moving camera. */
    record Still(Picture picture, Motion motion) implements SceneVisual {

        @Override
        public Path file() {
            return picture.file();
        }
    }

    /** A clip, cut to its scene or held on its last frame; its sound is not used. */
    record Clip(MediaFile media) implements SceneVisual {

        @Override
        public Path file() {
            return media.file();
        }
    }
}
