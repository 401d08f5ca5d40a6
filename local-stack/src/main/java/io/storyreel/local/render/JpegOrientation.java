package io.storyreel.local.render;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * Whether a camera was held on its side: phones store the sensor's picture as it is and note in Exif how to turn it
 * (CIPA DC-008, tag 0x0112). Java's own reader gives width and height as stored.
 */
final class JpegOrientation {

    private static final int START_OF_IMAGE = 0xffd8;
    private static final int START_OF_SCAN = 0xda;
    private static final int APP1 = 0xe1;
    private static final byte[] EXIF = "Exif\0\0".getBytes(ISO_8859_1);
    private static final int ORIENTATION = 0x0112;
    private static final int ENTRY = 12;

    private JpegOrientation() {}

    /** True for the orientations 5 to 8, which exchange width and height; false for what is no JPEG. */
    static boolean liesOnItsSide(Path picture) throws IOException {
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(picture)))) {
            if (in.readUnsignedShort() != START_OF_IMAGE) {
                return false;
            }
            while (in.readUnsignedByte() == 0xff) {
                var marker = in.readUnsignedByte();
                while (marker == 0xff) {
                    marker = in.readUnsignedByte();
                }
                if (marker == START_OF_SCAN) {
                    return false;
                }
                var length = in.readUnsignedShort() - 2;
                if (marker == APP1) {
                    var segment = in.readNBytes(Math.max(length, 0));
                    if (Arrays.equals(EXIF, Arrays.copyOf(segment, EXIF.length))) {
                        return orientation(ByteBuffer.wrap(Arrays.copyOfRange(segment, EXIF.length, segment.length)))
                                >= 5;
                    }
                } else {
                    in.skipNBytes(length);
                }
            }
            return false;
        }
    }

    /** The value in the first directory of a TIFF block; 1, upright, where there is none or the block is broken. */
    private static int orientation(ByteBuffer tiff) {
        try {
            tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            var directory = tiff.getInt(4);
            var entries = Short.toUnsignedInt(tiff.getShort(directory));
            for (var i = 0; i < entries; i++) {
                var entry = directory + 2 + i * ENTRY;
                if (Short.toUnsignedInt(tiff.getShort(entry)) == ORIENTATION) {
                    var value = Short.toUnsignedInt(tiff.getShort(entry + 8));
                    return value <= 8 ? value : 1;
                }
            }
            return 1;
        } catch (IndexOutOfBoundsException e) {
            return 1;
        }
    }
}
