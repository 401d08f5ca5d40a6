package io.storyreel.worker.fetch;

import io.storyreel.worker.media.Container;
import io.storyreel.worker.media.PictureFormat;

/** What a provider was asked to make. */
public enum FileKind {
    /** MP4, MOV or WebM. */
    VIDEO("a video"),
    /** JPEG, PNG or WebP. */
    PICTURE("a picture");

    private final String title;

    FileKind(String title) {
        this.title = title;
    }

    /** For messages: {@code a video}. */
    String title() {
        return title;
    }

    /** @param head the first bytes of the file */
    boolean begins(byte[] head) {
        return this == VIDEO
                ? Container.of(head).isPresent()
                : PictureFormat.of(head).isPresent();
    }
}
