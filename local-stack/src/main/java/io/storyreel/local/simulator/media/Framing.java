package io.storyreel.local.simulator.media;

import java.io.IOException;
import java.nio.file.Path;

/** Where the shape of a video comes from. */
public sealed interface Framing {

    /** @param picture the first one; may be null where it does not matter */
    Shape shape(Path picture) throws IOException;

    /** Whatever the picture's own. */
    record Fixed(Shape shape) implements Framing {
        @Override
        public Shape shape(Path picture) {
            return shape;
        }
    }

    /** The picture's own, made so large that its short side is so long; none longer than 2.4 times that. */
    record AsPicture(int shortSide) implements Framing {
        @Override
        public Shape shape(Path picture) throws IOException {
            var own = PictureSize.of(picture);
            var longest = Math.min(own.width(), own.height()) * 2.4;
            return Shape.proportioned(Math.min(own.width(), longest), Math.min(own.height(), longest), shortSide);
        }
    }
}
