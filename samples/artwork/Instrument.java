package artwork;

/** Single tones, as mono samples between about -1 and 1. */
final class Instrument {

    private Instrument() {}

    /** Frequency of a key, 69 being the A of 440 Hz. */
    static double pitch(int key) {
        return 440 * Math.pow(2, (key - 69) / 12.0);
    }

    /** A plucked string after Karplus and Strong: a burst of noise that circles and loses its edge. */
    static double[] string(int key, double seconds, double brightness) {
        double period = Sound.RATE / pitch(key) - 0.5;
        int length = (int) period;
        double share = period - length;
        double[] ring = new double[length + 2];
        double smooth = 0;
        for (int i = 0; i < ring.length; i++) {
            smooth += (2 * Noise.hash(i, key, 500) - 1 - smooth) * brightness;
            ring[i] = smooth;
        }
        double[] tone = new double[samples(seconds)];
        double damping = Math.pow(0.001, 1 / (pitch(key) * seconds * 1.3));
        double previous = 0;
        for (int i = 0; i < tone.length; i++) {
            int at = i % (length + 1);
            double out = ring[at] * (1 - share) + previous * share;
            previous = ring[at];
            double next = ring[(at + 1) % (length + 1)];
            tone[i] = out * faded(i, tone.length, 60, 2500) * 1.6;
            ring[at] = (out * 0.5 + next * 0.5) * damping;
        }
        return tone;
    }

    /** An electric piano: a sine that another sine bends, less and less as the tone dies away. */
    static double[] piano(int key, double seconds) {
        double[] tone = new double[samples(seconds)];
        double step = 2 * Math.PI * pitch(key) / Sound.RATE;
        for (int i = 0; i < tone.length; i++) {
            double time = i / (double) Sound.RATE;
            double body = Math.exp(-time * (1.1 + key / 90.0));
            double bell = 0.35 * Math.exp(-time * 9) * Math.sin(step * 7 * i);
            double bend = 1.3 * Math.exp(-time * 3.2) * Math.sin(step * i) + bell;
            double tremble = 1 + 0.10 * Math.sin(2 * Math.PI * 4.6 * time);
            tone[i] = Math.sin(step * i + bend) * body * tremble * faded(i, tone.length, 120, 4000);
        }
        return tone;
    }

    /** Seven slightly detuned saws behind a slow filter: strings that breathe in and out. */
    static double[] pad(int key, double seconds, double openness) {
        double[] tone = new double[samples(seconds)];
        double slow = 0;
        double slower = 0;
        for (int i = 0; i < tone.length; i++) {
            double sum = 0;
            for (int voice = -3; voice <= 3; voice++) {
                double phase = i * pitch(key) * (1 + voice * 0.0021) / Sound.RATE + voice * 0.37;
                sum += 2 * (phase - Math.floor(phase)) - 1;
            }
            double swell = Math.sin(Math.PI * i / tone.length);
            double cut = openness * (0.03 + 0.07 * swell);
            slow += (sum / 7 - slow) * cut;
            slower += (slow - slower) * cut;
            tone[i] = slower * 2.2 * Math.pow(swell, 0.6);
        }
        return tone;
    }

    static double[] bass(int key, double seconds) {
        double[] tone = new double[samples(seconds)];
        double step = 2 * Math.PI * pitch(key) / Sound.RATE;
        for (int i = 0; i < tone.length; i++) {
            double time = i / (double) Sound.RATE;
            double warm = Math.sin(step * i) + 0.35 * Math.sin(2 * step * i) * Math.exp(-time * 4)
                    + 0.12 * Math.sin(3 * step * i) * Math.exp(-time * 8);
            tone[i] = Math.tanh(warm * 1.2) * Math.exp(-time * 1.3) * faded(i, tone.length, 250, 2500);
        }
        return tone;
    }

    static double[] kick() {
        double[] tone = new double[samples(0.32)];
        double phase = 0;
        for (int i = 0; i < tone.length; i++) {
            double time = i / (double) Sound.RATE;
            phase += 2 * Math.PI * (46 + 110 * Math.exp(-time * 34)) / Sound.RATE;
            tone[i] = Math.sin(phase) * Math.exp(-time * 11) * faded(i, tone.length, 40, 1500);
        }
        return tone;
    }

    /** Filtered noise; a short one is a shaker, a longer one a cymbal. */
    static double[] hat(double seconds) {
        double[] tone = new double[samples(seconds * 4)];
        double last = 0;
        double high = 0;
        for (int i = 0; i < tone.length; i++) {
            double noise = 2 * Noise.hash(i, 3, 510) - 1;
            high = 0.72 * (high + noise - last);
            last = noise;
            tone[i] = high * Math.exp(-i / (seconds * Sound.RATE)) * faded(i, tone.length, 30, 200);
        }
        return tone;
    }

    /** Four hands that do not quite meet. */
    static double[] clap() {
        double[] tone = new double[samples(0.3)];
        double low = 0;
        double band = 0;
        for (int i = 0; i < tone.length; i++) {
            double time = i / (double) Sound.RATE;
            double envelope = 0.8 * Math.exp(-Math.max(0, time - 0.03) * 26) * (time > 0.03 ? 1 : 0);
            for (int hand = 0; hand < 3; hand++) {
                double since = time - hand * 0.011;
                envelope += since > 0 ? 0.6 * Math.exp(-since * 260) : 0;
            }
            double noise = 2 * Noise.hash(i, 4, 520) - 1;
            band += (noise - band) * 0.30;
            low += (band - low) * 0.07;
            tone[i] = (band - low) * envelope * faded(i, tone.length, 30, 800);
        }
        return tone;
    }

    private static int samples(double seconds) {
        return (int) (seconds * Sound.RATE);
    }

    /** Rises over the first samples and falls over the last: a tone that starts or stops at once would click. */
    private static double faded(int at, int length, int rise, int fall) {
        return Math.min(1, Math.min(at / (double) rise, (length - at) / (double) fall));
    }
}
