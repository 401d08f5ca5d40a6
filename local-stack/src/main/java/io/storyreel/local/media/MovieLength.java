package io.storyreel.local.media;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** Reads how long a video is from its header, so that no ffmpeg is needed where the video was made elsewhere. */
public final class MovieLength {

    private static final int MOOV = 0x6d6f6f76;
    private static final int MVHD = 0x6d766864;
    private static final long EBML = 0x1A45DFA3L;
    private static final long SEGMENT = 0x18538067L;
    private static final long INFO = 0x1549A966L;
    private static final long TIMECODE_SCALE = 0x2AD7B1L;
    private static final long DURATION = 0x4489L;

    private MovieLength() {}

    /** Seconds of an MP4, MOV or WebM; empty when its header does not say. */
    public static OptionalDouble of(Path video) throws IOException {
        try (var file = new RandomAccessFile(video.toFile(), "r")) {
            var magic = Integer.toUnsignedLong(file.readInt());
            file.seek(0);
            return magic == EBML ? matroska(file) : mp4(file, file.length());
        } catch (EOFException e) {
            return OptionalDouble.empty();
        }
    }

    private static OptionalDouble mp4(RandomAccessFile file, long end) throws IOException {
        while (file.getFilePointer() + 8 <= end) {
            var start = file.getFilePointer();
            var size = Integer.toUnsignedLong(file.readInt());
            var type = file.readInt();
            if (size == 1) {
                size = file.readLong();
            }
            if (type == MOOV) {
                return mp4(file, start + size);
            }
            if (type == MVHD) {
                var version = file.readInt() >>> 24;
                file.skipBytes(version == 1 ? 16 : 8);
                var scale = Integer.toUnsignedLong(file.readInt());
                var length = version == 1 ? file.readLong() : Integer.toUnsignedLong(file.readInt());
                return scale == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) length / scale);
            }
            if (size < 8) {
                return OptionalDouble.empty();
            }
            file.seek(start + size);
        }
        return OptionalDouble.empty();
    }

    private static OptionalDouble matroska(RandomAccessFile file) throws IOException {
        var scale = 1_000_000L;
        while (file.getFilePointer() < file.length()) {
            var id = number(file, false);
            var size = number(file, true);
            if (id == SEGMENT || id == INFO) {
                continue; // step inside
            }
            var next = file.getFilePointer() + size;
            if (id == TIMECODE_SCALE) {
                scale = unsigned(file, size);
            } else if (id == DURATION) {
                var length = size == 4 ? file.readFloat() : file.readDouble();
                return OptionalDouble.of(length * scale / 1e9);
            }
            file.seek(next);
        }
        return OptionalDouble.empty();
    }

    /** A number of variable length; its first bits tell how long it is and are part of ids, but not of sizes. */
    private static long number(RandomAccessFile file, boolean withoutMarker) throws IOException {
        var first = file.readUnsignedByte();
        var more = Integer.numberOfLeadingZeros(first) - 24;
        var value = withoutMarker ? first & (0x7f >> more) : first;
        return more > 7 ? 0 : ((long) value << 8 * more) | unsigned(file, more);
    }

    private static long unsigned(RandomAccessFile file, long bytes) throws IOException {
        var value = 0L;
        for (var i = 0; i < bytes; i++) {
            value = value << 8 | file.readUnsignedByte();
        }
        return value;
    }
}
