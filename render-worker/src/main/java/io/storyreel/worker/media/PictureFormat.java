package io.storyreel.worker.media;

import java.util.Arrays;
import java.util.Optional;

/** The still pictures Storyreel reads, recognised by their first bytes. */
public enum PictureFormat {
    JPEG("jpeg_pipe", "jpg", "image/jpeg"),
    PNG("png_pipe", "png", "image/png"),
    WEBP("webp_pipe", "webp", "image/webp");

    private final String demuxer;
    private final String extension;
    private final String mediaType;

    PictureFormat(String demuxer, String extension, String mediaType) {
        this.demuxer = demuxer;
        this.extension = extension;
        this.mediaType = mediaType;
    }

    /** Of file names, without the dot. */
    public String extension() {
        return extension;
    }

    public String mediaType() {
        return mediaType;
    }

    String demuxer() {
        return demuxer;
    }

    /** @param head the first bytes of the file, 16 are enough */
    public static Optional<PictureFormat> of(byte[] head) {
        return Arrays.stream(values()).filter(format -> format.begins(head)).findFirst();
    }

    private boolean begins(byte[] head) {
        return switch (this) {
            case JPEG -> Signature.at(head, 0, 0xFF, 0xD8, 0xFF);
            case PNG -> Signature.at(head, 0, 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A);
            case WEBP -> Signature.at(head, 0, 'R', 'I', 'F', 'F') && Signature.at(head, 8, 'W', 'E', 'B', 'P');
        };
    }
}
