package io.storyreel.api.asset;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Kinds of files that can be uploaded, told by their first bytes and never by their name. */
enum FileType {
    JPEG("jpg", "image/jpeg"),
    PNG("png", "image/png"),
    WEBP("webp", "image/webp"),
    MP3("mp3", "audio/mpeg"),
    AAC("aac", "audio/aac"),
    M4A("m4a", "audio/mp4"),
    WAV("wav", "audio/wav");

    /** How many bytes tell the type. */
    static final int HEAD = 16;

    static final String ALL = "JPEG, PNG or WebP for pictures; MP3, AAC, M4A or WAV for music";

    private final String extension;
    private final String mediaType;

    FileType(String extension, String mediaType) {
        this.extension = extension;
        this.mediaType = mediaType;
    }

    String extension() {
        return extension;
    }

    String mediaType() {
        return mediaType;
    }

    boolean isImage() {
        return mediaType.startsWith("image/");
    }

    /** @return null if no file of this type can be used */
    static FileType ofMediaType(String mediaType) {
        return Stream.of(values())
                .filter(type -> type.mediaType.equals(mediaType))
                .findFirst()
                .orElse(null);
    }

    static String mediaTypes() {
        return Stream.of(values()).map(FileType::mediaType).collect(Collectors.joining(", "));
    }

    /** @return null if the bytes are of no file that can be used */
    static FileType of(byte[] head) {
        if (head.length < HEAD) {
            return null;
        }
        if (at(head, 0) == 0xFF && at(head, 1) == 0xD8 && at(head, 2) == 0xFF) {
            return JPEG;
        }
        if (at(head, 0) == 0x89 && says(head, 1, "PNG\r\n\u001a\n")) {
            return PNG;
        }
        if (says(head, 0, "RIFF")) {
            return says(head, 8, "WEBP") ? WEBP : says(head, 8, "WAVE") ? WAV : null;
        }
        if (says(head, 4, "ftyp")) {
            return M4A;
        }
        return says(head, 0, "ID3") ? MP3 : ofAudioFrame(head);
    }

    /** Twelve set bits begin a frame; the two layer bits are 0 in AAC and 1 in MP3. */
    private static FileType ofAudioFrame(byte[] head) {
        if (at(head, 0) != 0xFF || (at(head, 1) & 0xE0) != 0xE0) {
            return null;
        }
        int layer = at(head, 1) >> 1 & 3;
        return layer == 1 ? MP3 : layer == 0 && (at(head, 1) & 0xF0) == 0xF0 ? AAC : null;
    }

    private static int at(byte[] bytes, int index) {
        return bytes[index] & 0xFF;
    }

    private static boolean says(byte[] bytes, int from, String text) {
        byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < wanted.length; i++) {
            if (bytes[from + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
