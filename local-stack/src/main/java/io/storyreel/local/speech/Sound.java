package io.storyreel.local.speech;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Mono sound, 16 bits a sample.
 *
 * @param rate samples a second
 */
record Sound(short[] samples, int rate) {

    /** What counts as silence at the ends: a hundredth of full scale. */
    private static final int AUDIBLE = 327;

    private static final double KEPT_BEFORE = 0.01;
    private static final double KEPT_AFTER = 0.08;
    private static final int TAPS = 16;

    double seconds() {
        return samples.length / (double) rate;
    }

    /** Without silence at its ends, so that a line is heard when it is placed; the last sound keeps room to decay. */
    Sound trimmed() {
        var first = 0;
        while (first < samples.length && Math.abs(samples[first]) < AUDIBLE) {
            first++;
        }
        if (first == samples.length) {
            return this;
        }
        var last = samples.length - 1;
        while (Math.abs(samples[last]) < AUDIBLE) {
            last--;
        }
        var from = Math.max(0, first - (int) (KEPT_BEFORE * rate));
        var to = Math.min(samples.length, last + 1 + (int) (KEPT_AFTER * rate));
        return new Sound(Arrays.copyOfRange(samples, from, to), rate);
    }

    /** The same sound at a higher rate, by band-limited interpolation (a sinc under a Hann window, 32 taps). */
    Sound resampled(int newRate) {
        if (newRate < rate) {
            throw new IllegalArgumentException("only to a higher rate: " + rate + " to " + newRate);
        }
        var result = new short[(int) ((long) samples.length * newRate / rate)];
        for (var i = 0; i < result.length; i++) {
            var position = (double) i * rate / newRate;
            var sum = 0.0;
            var centre = (int) Math.floor(position);
            for (var k = Math.max(0, centre - TAPS + 1); k <= Math.min(samples.length - 1, centre + TAPS); k++) {
                sum += samples[k] * weight(position - k);
            }
            result[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(sum)));
        }
        return new Sound(result, newRate);
    }

    private static double weight(double distance) {
        if (Math.abs(distance) < 1e-9) {
            return 1;
        }
        var x = Math.PI * distance;
        return Math.sin(x) / x * (0.5 + 0.5 * Math.cos(x / TAPS));
    }

    /** Little-endian samples without a header. */
    byte[] pcm() {
        var bytes = ByteBuffer.allocate(samples.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(samples);
        return bytes.array();
    }

    /** A whole WAV file with true lengths in its header. */
    byte[] wav() {
        var data = samples.length * 2;
        var bytes = ByteBuffer.allocate(44 + data).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(ascii("RIFF")).putInt(36 + data).put(ascii("WAVE"));
        bytes.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) 1);
        bytes.putInt(rate).putInt(rate * 2).putShort((short) 2).putShort((short) 16);
        bytes.put(ascii("data")).putInt(data).put(pcm());
        return bytes.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }
}
