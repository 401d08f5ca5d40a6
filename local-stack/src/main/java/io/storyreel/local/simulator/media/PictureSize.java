package io.storyreel.local.simulator.media;

import javax.imageio.ImageIO;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Width and height of a picture in a file, read from its header. */
record PictureSize(int width, int height) {

    private static final int HEADER = 30;

    /** @throws IOException when it is no JPEG, PNG or WebP */
    static PictureSize of(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var header = in.readNBytes(HEADER);
            if (header.length == HEADER
                    && text(header, 0).equals("RIFF")
                    && text(header, 8).equals("WEBP")) {
                return webp(header);
            }
        }
        try (var in = ImageIO.createImageInputStream(file.toFile())) {
            var readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new IOException("the asset is no JPEG, PNG or WebP image");
            }
            var reader = readers.next();
            try {
                reader.setInput(in);
                return new PictureSize(reader.getWidth(0), reader.getHeight(0));
            } finally {
                reader.dispose();
            }
        }
    }

    /** Of the three kinds of stream, RFC 9649. */
    private static PictureSize webp(byte[] header) throws IOException {
        var bytes = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        return switch (text(header, 12)) {
            case "VP8 " -> new PictureSize(bytes.getShort(26) & 0x3fff, bytes.getShort(28) & 0x3fff);
            case "VP8L" -> {
                var bits = bytes.getInt(21);
                yield new PictureSize((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1);
            }
            case "VP8X" -> new PictureSize((bytes.getInt(24) & 0xffffff) + 1, (bytes.getInt(26) >>> 8) + 1);
            default -> throw new IOException("the asset is no WebP image that can be read");
        };
    }

    private static String text(byte[] bytes, int from) {
        return new String(bytes, from, 4, US_ASCII);
    }
}
