package artwork;

/** Spruces on slope behind slope, each paler in the mist, with one shaft of morning sun. */
final class Forest implements Picture.Painter {

    private static final Vec MIST = Vec.colour(0xD9E2DC);
    private static final Vec NEAR = Vec.colour(0x0E2420);
    private static final int SLOPES = 8;

    @Override
    public Vec colourAt(double x, double y) {
        Vec colour = sky(x, y);
        for (int slope = 0; slope < SLOPES; slope++) {
            colour = slope(colour, slope, x, y);
        }
        return colour.plus(sunbeams(x, y));
    }

    private static Vec sky(double x, double y) {
        double glow = Math.exp(-Math.hypot(x - 0.60, (y - 0.12) * 1.1) * 3.0);
        Vec base = Vec.colour(0xA9C0C4).mix(Vec.colour(0xE9E6D8), Noise.step(-0.1, 0.5, y));
        return base.plus(Vec.colour(0xFFE2B0).times(0.45 * glow));
    }

    private static Vec slope(Vec behind, int slope, double x, double y) {
        double depth = slope / (SLOPES - 1.0);
        double lean = (slope % 2 == 0 ? 0.16 : -0.14) * (x - 0.4);
        double roll = 0.14 * (Noise.cloudy(x * 1.7 + slope * 7, slope, 3, 81) - 0.5);
        double ground = 0.34 + 0.60 * Math.pow(depth, 0.9) + lean + roll;
        double cover = Math.max(Noise.step(ground - 0.001, ground + 0.003, y), trees(slope, depth, x, y, lean + roll));
        double tones = 0.88 + 0.24 * Noise.cloudy(x * 30, y * 40, 3, 82 + slope);
        Vec own = NEAR.times(tones).mix(Vec.colour(0x9FB6B2), Math.pow(1 - depth, 0.85) * 0.93);
        // Mist lies in the hollow between this slope and the next, and drifts.
        double hollow = Noise.step(ground - 0.04, ground + 0.17, y);
        double drift = 0.45 + 0.9 * Noise.cloudy(x * 2.4 + slope * 3, y * 5, 4, 90 + slope);
        double mist = Math.min(1, hollow * drift) * (0.92 - 0.45 * depth);
        return behind.mix(own.mix(MIST, mist), cover);
    }

    /** The nearest two rows of trees around this place, one spruce per cell, each grown from its own numbers. */
    private static double trees(int slope, double depth, double x, double y, double offset) {
        double spacing = 0.020 + 0.060 * depth * depth;
        int cell = (int) Math.floor(x / spacing);
        double cover = 0;
        for (int neighbour = cell - 3; neighbour <= cell + 3; neighbour++) {
            double size = 0.55 + 0.75 * Noise.hash(neighbour, slope, 1);
            double height = (0.055 + 0.30 * depth * depth) * size;
            double trunk = (neighbour + 0.15 + 0.7 * Noise.hash(neighbour, slope, 2)) * spacing;
            double lean = (slope % 2 == 0 ? 0.16 : -0.14) * (trunk - x);
            double foot = 0.34 + 0.60 * Math.pow(depth, 0.9) + offset + lean + 0.012;
            cover = Math.max(cover, spruce(x - trunk, (foot - y) / height, height, neighbour * 31 + slope));
        }
        return cover;
    }

    /** @param rise 0 at the foot, 1 at the tip */
    private static double spruce(double side, double rise, double height, int seed) {
        if (rise < 0 || rise > 1) {
            return 0;
        }
        double tiers = 9 + 5 * Noise.hash(seed, 5, 5);
        double within = rise * tiers - Math.floor(rise * tiers);
        double branch = 0.62 + 0.38 * (1 - within);
        double ragged = 0.72 + 0.56 * Noise.smooth(rise * 55 + seed, Math.signum(side) * 3 + seed, 6);
        double half = height * (0.23 * Math.pow(1 - rise, 0.85) * branch * ragged + 0.006);
        double soft = height * 0.006 + 0.0004;
        return Noise.step(half + soft, half - soft, Math.abs(side));
    }

    private static Vec sunbeams(double x, double y) {
        double dx = x - 0.60;
        double dy = y + 0.12;
        double angle = Math.atan2(dx, dy);
        double rays = Noise.step(0.46, 0.8, Noise.cloudy(angle * 9 + 3, 1.5, 3, 99));
        double fading = Math.exp(-Math.hypot(dx, dy) * 1.9);
        return Vec.colour(0xFFE6BC).times(0.5 * rays * fading);
    }
}
