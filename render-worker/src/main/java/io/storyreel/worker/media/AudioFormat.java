package io.storyreel.worker.media;

import java.util.Arrays;
import java.util.Optional;

/** The sound files Storyreel reads, recognised by their first bytes. */
public enum AudioFormat {
    WAV("wav"),
    FLAC("flac"),
    OGG("ogg"),
    M4A("mov"),
    AAC("aac"),
    MP3("mp3");

    private final String demuxer;

    AudioFormat(String demuxer) {
        this.demuxer = demuxer;
    }

    String demuxer() {
        return demuxer;
    }

    /** @param head the first bytes of the file, 16 are enough */
    public static Optional<AudioFormat> of(byte[] head) {
        return Arrays.stream(values()).filter(format -> format.begins(head)).findFirst();
    }

    private boolean begins(byte[] head) {
        return switch (this) {
            case WAV -> Signature.at(head, 0, 'R', 'I', 'F', 'F') && Signature.at(head, 8, 'W', 'A', 'V', 'E');
            case FLAC -> Signature.at(head, 0, 'f', 'L', 'a', 'C');
            case OGG -> Signature.at(head, 0, 'O', 'g', 'g', 'S');
            case M4A -> Signature.at(head, 4, 'f', 't', 'y', 'p');
            case AAC -> head.length > 1 && (head[0] & 0xFF) == 0xFF && (head[1] & 0xF6) == 0xF0;
            case MP3 ->
                Signature.at(head, 0, 'I', 'D', '3')
                        || (head.length > 1 && (head[0] & 0xFF) == 0xFF && (head[1] & 0xE0) == 0xE0);
        };
    }
}
