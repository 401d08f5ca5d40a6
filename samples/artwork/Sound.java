package artwork;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/**
 * Stereo sound that closes on itself: what rings on past the end is heard again at the start, so that a player may
 * repeat the piece without a seam.
 */
final class Sound {

    static final int RATE = 44_100;

    final float[] left;
    final float[] right;

    Sound(double seconds) {
        left = new float[(int) Math.round(seconds * RATE)];
        right = new float[left.length];
    }

    /** @param pan -1 left, 1 right */
    void add(double start, double[] tone, double volume, double pan) {
        int from = (int) Math.round(start * RATE);
        double angle = (pan + 1) * Math.PI / 4;
        float toLeft = (float) (volume * Math.cos(angle));
        float toRight = (float) (volume * Math.sin(angle));
        for (int i = 0; i < tone.length; i++) {
            int at = Math.floorMod(from + i, left.length);
            left[at] += (float) tone[i] * toLeft;
            right[at] += (float) tone[i] * toRight;
        }
    }

    void add(Sound other, double volume) {
        for (int i = 0; i < left.length; i++) {
            left[i] += other.left[i] * (float) volume;
            right[i] += other.right[i] * (float) volume;
        }
    }

    /** Repeats that change sides and grow fainter. */
    Sound echoed(double delay, double feedback, double share) {
        Sound result = new Sound(left.length / (double) RATE);
        result.add(this, 1);
        double volume = share;
        int gap = (int) (delay * RATE);
        for (int repeat = 1; volume > 0.01; repeat++) {
            boolean swapped = repeat % 2 == 1;
            for (int i = 0; i < left.length; i++) {
                int at = Math.floorMod(i - repeat * gap, left.length);
                result.left[i] += (float) volume * (swapped ? right[at] : left[at]);
                result.right[i] += (float) volume * (swapped ? left[at] : right[at]);
            }
            volume *= feedback;
        }
        return result;
    }

    /** A hall after Schroeder: parallel combs, then all-passes. Run twice round, so that the end rings into the start. */
    Sound hall(double seconds, double share) {
        Sound result = new Sound(left.length / (double) RATE);
        result.add(this, 1);
        mixHall(left, result.left, seconds, share, 0);
        mixHall(right, result.right, seconds, share, 23);
        return result;
    }

    private static void mixHall(float[] dry, float[] target, double seconds, double share, int spread) {
        int[] combs = {1557, 1617, 1491, 1422, 1277, 1356, 1188, 1116};
        float[] wet = new float[dry.length];
        for (int comb : combs) {
            comb(dry, wet, comb + spread, Math.pow(0.001, (comb + spread) / (seconds * RATE)));
        }
        for (int length : new int[] {556, 441, 341, 225}) {
            wet = diffused(wet, length + spread);
        }
        for (int i = 0; i < wet.length; i++) {
            target[i] += (float) (share * 0.125 * wet[i]);
        }
    }

    private static void comb(float[] dry, float[] wet, int length, double feedback) {
        double[] ring = new double[length];
        double dulled = 0;
        for (int i = 0; i < 2 * dry.length; i++) {
            int at = i % length;
            double out = ring[at];
            dulled = out * 0.7 + dulled * 0.3;
            ring[at] = dry[i % dry.length] + dulled * feedback;
            if (i >= dry.length) {
                wet[i - dry.length] += (float) out;
            }
        }
    }

    private static float[] diffused(float[] source, int length) {
        float[] result = new float[source.length];
        double[] ring = new double[length];
        for (int i = 0; i < 2 * source.length; i++) {
            int at = i % length;
            double delayed = ring[at];
            double in = source[i % source.length];
            ring[at] = in + delayed * 0.5;
            if (i >= source.length) {
                result[i - source.length] = (float) (delayed - in * 0.5);
            }
        }
        return result;
    }

    /** Scales to the loudness wanted (root mean square) and rounds off what would still clip. */
    Sound mastered(double loudness) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * left[i] + right[i] * right[i];
        }
        double scale = loudness / Math.sqrt(sum / (2 * left.length));
        for (int i = 0; i < left.length; i++) {
            left[i] = rounded(left[i] * scale);
            right[i] = rounded(right[i] * scale);
        }
        return this;
    }

    /** Straight up to a half, then towards 0.84: an MP3 encoder overshoots a little. */
    private static float rounded(double value) {
        double knee = 0.5;
        double size = Math.abs(value);
        double kept = size < knee ? size : knee + 0.34 * Math.tanh((size - knee) / 0.34);
        return (float) Math.copySign(kept, value);
    }

    void saveWav(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        byte[] bytes = new byte[left.length * 4];
        for (int i = 0; i < left.length; i++) {
            write(bytes, i * 4, left[i]);
            write(bytes, i * 4 + 2, right[i]);
        }
        AudioFormat format = new AudioFormat(RATE, 16, 2, true, false);
        try (var stream = new AudioInputStream(new ByteArrayInputStream(bytes), format, left.length)) {
            AudioSystem.write(stream, AudioFileFormat.Type.WAVE, file.toFile());
        }
    }

    private static void write(byte[] bytes, int at, float value) {
        int sample = Math.round(value * 32_767);
        bytes[at] = (byte) sample;
        bytes[at + 1] = (byte) (sample >> 8);
    }
}
