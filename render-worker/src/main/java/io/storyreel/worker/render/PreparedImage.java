package io.storyreel.worker.render;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.storyreel.worker.media.Picture;
import io.storyreel.worker.media.PictureFormat;

import java.nio.file.Path;

/**
 * A picture that was checked and is in the object store.
 *
 * @param source the address it was given by, so that a later plan knows the picture without fetching it
 */
@RegisterForReflection
record PreparedImage(String source, String key, PictureFormat format, int width, int height, int orientation) {

    static PreparedImage of(String source, String key, Picture picture) {
        return new PreparedImage(
                source, key, picture.format(), picture.width(), picture.height(), picture.orientation());
    }

    /** Digest of its bytes, 64 hex digits: it is what the object store calls it. */
    String sha256() {
        String name = key.substring(key.lastIndexOf('/') + 1);
        return name.substring(0, name.indexOf('.'));
    }

    Picture at(Path file) {
        return new Picture(file, format, width, height, orientation);
    }
}
