package io.storyreel.worker.media;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Finds how a camera was held, from a JPEG's EXIF block (CIPA DC-008, tag 0x0112). Read here because ffmpeg's versions
 * differ in whether and where they turn a picture.
 */
final class ExifOrientation {

    static final int UPRIGHT = 1;

    private static final int APP1 = 0xE1;
    private static final int START_OF_SCAN = 0xDA;
    private static final int ORIENTATION_TAG = 0x0112;
    private static final long EXIF_MAGIC = 0x457869660000L;

    private ExifOrientation() {}

    /** @param head the beginning of a JPEG; EXIF lies in its first 64 KiB
     * @return 1 to 8; 1 where nothing is said or what is said makes no sense */
    static int of(byte[] head) {
        try {
            return scan(ByteBuffer.wrap(head));
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException malformed) {
            return UPRIGHT;
        }
    }

    private static int scan(ByteBuffer jpeg) {
        jpeg.position(2);
        while (jpeg.remaining() > 4) {
            if ((jpeg.get() & 0xFF) != 0xFF) {
                return UPRIGHT;
            }
            int marker = jpeg.get() & 0xFF;
            int length = jpeg.getShort() & 0xFFFF;
            if (marker == APP1
                    && length > 16
                    && ((long) jpeg.getInt(jpeg.position()) << 16 | jpeg.getShort(jpeg.position() + 4) & 0xFFFF)
                            == EXIF_MAGIC) {
                return tiff(jpeg.slice(jpeg.position() + 6, Math.min(length - 8, jpeg.remaining() - 6)));
            }
            if (marker == START_OF_SCAN) {
                return UPRIGHT;
            }
            jpeg.position(jpeg.position() + length - 2);
        }
        return UPRIGHT;
    }

    private static int tiff(ByteBuffer tiff) {
        tiff.order(tiff.getShort(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        int entries = tiff.getShort(directory) & 0xFFFF;
        for (int entry = directory + 2; entry < directory + 2 + entries * 12; entry += 12) {
            if ((tiff.getShort(entry) & 0xFFFF) == ORIENTATION_TAG) {
                int value = tiff.getShort(entry + 8);
                return value >= 1 && value <= 8 ? value : UPRIGHT;
            }
        }
        return UPRIGHT;
    }
}
