package io.storyreel.worker.media;

import io.storyreel.common.storyboard.Motion;

import java.nio.file.Path;
import java.util.List;

/** What a scene shows. */
public sealed interface SceneVisual {

    /** All that it is made of, in order. */
    List<Path> files();

    /** A still picture under a moving camera. */
    record Still(Picture picture, Motion motion) implements SceneVisual {

        @Override
        public List<Path> files() {
            return List.of(picture.file());
        }
    }

    /**
     * A clip, of one part or of several that follow each other; its sound is not used. What is longer than its scene is
     * cut at the end; what is shorter is slowed down, at most to 1.25 times its length, and then held on its last frame.
     */
    record Clip(List<Part> parts) implements SceneVisual {

        public Clip {
            parts = List.copyOf(parts);
            if (parts.isEmpty()) {
                throw new IllegalArgumentException("a clip has at least one part");
            }
        }

        /** A clip of one part. */
        public Clip(MediaFile media) {
            this(List.of(Part.whole(media)));
        }

        @Override
        public List<Path> files() {
            return parts.stream().map(part -> part.media().file()).toList();
        }
    }

    /**
     * A part of a clip.
     *
     * @param mostFrames what lies beyond is cut off; counted in frames of the video that is made
     */
    record Part(MediaFile media, int mostFrames) {

        public Part {
            if (mostFrames < 1) {
                throw new IllegalArgumentException("a part has at least one frame, not " + mostFrames);
            }
        }

        /** To the end of its file. */
        public static Part whole(MediaFile media) {
            return new Part(media, Integer.MAX_VALUE);
        }
    }
}
