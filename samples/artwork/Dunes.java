package artwork;

/** Dunes at first light: each ridge one lit flank, one shadow, and haze between them. */
final class Dunes implements Picture.Painter {

    private static final Vec HAZE = Vec.colour(0xF6C9A0);
    private static final Vec LIT = Vec.colour(0xE8955A);
    private static final Vec SHADOW = Vec.colour(0x5B2E3E);
    private static final double SUN_X = 1.08;
    private static final double SUN_Y = 0.335;

    @Override
    public Vec colourAt(double x, double y) {
        Vec colour = sky(x, y);
        for (int dune = 0; dune < 6; dune++) {
            double crest = crest(dune, x);
            if (y > crest) {
                colour = sand(dune, x, y, crest);
            }
        }
        return colour;
    }

    private static Vec sky(double x, double y) {
        Vec high = Vec.colour(0x5F7FA8);
        Vec middle = Vec.colour(0xE9B7A0);
        Vec low = Vec.colour(0xFFD9A0);
        Vec base = high.mix(middle, Noise.step(-0.12, 0.28, y)).mix(low, Noise.step(0.16, 0.42, y));
        double away = Math.hypot(x - SUN_X, y - SUN_Y);
        double disc = Noise.step(0.047, 0.044, away);
        double glow = Math.exp(-away * 5.5);
        double streaks = Noise.cloudy(x * 1.3 + y, y * 11, 5, 12);
        double cloud = Noise.step(0.52, 0.8, streaks) * Noise.step(0.36, 0.12, y);
        return base.mix(Vec.colour(0xFFE3CF), 0.55 * cloud)
                .plus(Vec.colour(0xFFC27A).times(0.55 * glow))
                .mix(Vec.colour(0xFFF6DC).times(1.5), disc);
    }

    private static double crest(int dune, double x) {
        double depth = dune / 5.0;
        double base = 0.38 + 0.44 * Math.pow(depth, 1.25);
        double size = 0.035 + 0.13 * depth;
        double across = x * (2.1 - 1.35 * depth) + dune * 3.71;
        double wave = Noise.smooth(across, dune, 5) * 0.75 + Noise.smooth(across * 2.3, dune + 9, 6) * 0.25;
        return base - size * (wave - 0.45);
    }

    private static Vec sand(int dune, double x, double y, double crest) {
        double depth = dune / 5.0;
        double below = (y - crest) / (0.1 + 0.25 * depth);
        double slope = (crest(dune, x + 0.004) - crest(dune, x - 0.004)) / 0.008;
        // The crest's line wanders down the flank; right of it the sun reaches, left of it the dune shades itself.
        double wander = 0.30 * (Noise.smooth(x * 3 + dune * 5, y * 3, 14) - 0.5);
        double lit = Noise.step(-0.16, 0.14, -slope * 1.3 + wander - 0.25 * below + 0.10);
        double bend = 0.02 * Noise.cloudy(x * 4, y * 6, 3, 22);
        double frequency = 420 - 190 * depth;
        double ripples = Math.sin((y - crest + bend + 0.12 * slope * (x - crest)) * frequency + 5 * Noise.smooth(x * 7, y * 14, 4));
        double near = Noise.step(0.35, 1, depth);
        double grain = Noise.smooth(x * 900, y * 900, 31) - 0.5;
        Vec flank = SHADOW.mix(LIT, 0.10 + 0.9 * lit);
        double rim = Math.exp(-below * 42) * (0.4 + 0.6 * lit);
        Vec textured = flank.times(1 + near * (0.10 * ripples * (0.4 + lit) + 0.10 * grain))
                .plus(Vec.colour(0xFFD09A).times(0.30 * rim));
        double haze = (1 - depth) * 0.72 + 0.30 * Noise.step(0.2, 1.6, below) * (1 - depth);
        return textured.mix(HAZE, Math.min(0.86, haze)).times(1 - 0.30 * near * Noise.step(0.3, 2.2, below));
    }
}
