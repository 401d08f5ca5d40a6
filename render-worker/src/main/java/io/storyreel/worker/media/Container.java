package io.storyreel.worker.media;

import io.storyreel.common.storyboard.OutputFormat;

import java.util.Arrays;
import java.util.Optional;

/** The video files Storyreel writes and reads. */
public enum Container {
    MP4(OutputFormat.MP4),
    MOV(OutputFormat.MOV),
    WEBM(OutputFormat.WEBM);

    private final OutputFormat output;

    Container(OutputFormat output) {
        this.output = output;
    }

    public static Container of(OutputFormat output) {
        return valueOf(output.name());
    }

    public OutputFormat output() {
        return output;
    }

    String demuxer() {
        return this == WEBM ? "matroska" : "mov";
    }

    /**
     * @param head the first bytes of the file, 16 are enough
     * @return MP4 for everything of the ISO family but QuickTime's own brand
     */
    public static Optional<Container> of(byte[] head) {
        return Arrays.stream(values())
                .filter(container -> container.begins(head))
                .findFirst();
    }

    private boolean begins(byte[] head) {
        boolean iso = Signature.at(head, 4, 'f', 't', 'y', 'p');
        boolean quickTime = Signature.at(head, 8, 'q', 't', ' ', ' ');
        return switch (this) {
            case MP4 -> iso && !quickTime;
            case MOV -> iso && quickTime;
            case WEBM -> Signature.at(head, 0, 0x1A, 0x45, 0xDF, 0xA3);
        };
    }
}
