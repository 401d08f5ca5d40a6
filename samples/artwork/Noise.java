package artwork;

/** Repeatable randomness: the same arguments give the same value on every machine. */
final class Noise {

    private Noise() {}

    /** White noise in 0..1. */
    static double hash(int x, int y, int z) {
        int h = x * 0x27d4eb2d ^ y * 0x165667b1 ^ z * 0x9e3779b1;
        h = (h ^ h >>> 15) * 0x85ebca6b;
        h = (h ^ h >>> 13) * 0xc2b2ae35;
        return ((h ^ h >>> 16) >>> 8) / (double) (1 << 24);
    }

    /** Smooth noise in 0..1 with features about one unit wide. */
    static double smooth(double x, double y, int seed) {
        int xi = (int) Math.floor(x);
        int yi = (int) Math.floor(y);
        double u = ease(x - xi);
        double v = ease(y - yi);
        double top = mix(hash(xi, yi, seed), hash(xi + 1, yi, seed), u);
        double bottom = mix(hash(xi, yi + 1, seed), hash(xi + 1, yi + 1, seed), u);
        return mix(top, bottom, v);
    }

    /** Several octaves of smooth noise, each turned a little so that no grid shows; 0..1, mostly near 0.5. */
    static double cloudy(double x, double y, int octaves, int seed) {
        double sum = 0;
        double weight = 0.5;
        double total = 0;
        for (int octave = 0; octave < octaves; octave++) {
            sum += weight * smooth(x, y, seed + octave * 31);
            total += weight;
            weight *= 0.5;
            double turned = 1.6 * x + 1.2 * y;
            y = 1.6 * y - 1.2 * x;
            x = turned;
        }
        return sum / total;
    }

    /** Like cloudy, but with sharp crests: mountains, ripples, veins; 0..1. */
    static double ridged(double x, double y, int octaves, int seed) {
        double sum = 0;
        double weight = 0.5;
        double total = 0;
        for (int octave = 0; octave < octaves; octave++) {
            double crest = 1 - Math.abs(2 * smooth(x, y, seed + octave * 57) - 1);
            sum += weight * crest * crest;
            total += weight;
            weight *= 0.5;
            double turned = 1.6 * x + 1.2 * y;
            y = 1.6 * y - 1.2 * x;
            x = turned;
        }
        return sum / total;
    }

    /** 0 below the first edge, 1 above the second, smooth between. The edges may be in falling order. */
    static double step(double from, double to, double value) {
        double share = (value - from) / (to - from);
        return ease(Math.max(0, Math.min(1, share)));
    }

    static double mix(double a, double b, double share) {
        return a + (b - a) * share;
    }

    private static double ease(double t) {
        return t * t * t * (t * (6 * t - 15) + 10);
    }
}
