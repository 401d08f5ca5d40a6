package io.storyreel.worker.media;

import java.time.Duration;

/** One stream of a media file. */
public sealed interface Track {

    String codec();

    Duration length();

    /**
     * @param codec ffmpeg's name, such as {@code h264} or {@code vp9}
     * @param frames number of coded frames
     * @param pixelFormat such as {@code yuv420p}
     * @param bytes of all frames
     */
    record Video(String codec, Duration length, int width, int height, long frames, String pixelFormat, long bytes)
            implements Track {

        /** On the average, in 1,000 bits a second. */
        public double kilobitsPerSecond() {
            return length.isZero() ? 0 : bytes * 8 * 1e6 / length.toNanos();
        }

        public double framesPerSecond() {
            return length.isZero() ? 0 : frames * 1e9 / length.toNanos();
        }
    }

    /** @param codec ffmpeg's name, such as {@code aac} or {@code opus} */
    record Sound(String codec, Duration length, int sampleRate) implements Track {}
}
