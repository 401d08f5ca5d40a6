package artwork;

/** Northern lights over snow: curtains hung along a wandering line, stars behind, a lit hut below. */
final class Aurora implements Picture.Painter {

    private static final double SNOW = 0.74;
    private static final double HUT_X = 1.02;
    private static final double HUT_Y = 0.800;

    @Override
    public Vec colourAt(double x, double y) {
        Vec colour = night(x, y).plus(curtains(x, y));
        colour = mountains(colour, x, y);
        if (y > snowLine(x)) {
            colour = snow(x, y);
        }
        return hut(trees(colour, x, y), x, y);
    }

    private static Vec night(double x, double y) {
        Vec base = Vec.colour(0x050A1E).mix(Vec.colour(0x123048), Noise.step(0.1, 0.72, y));
        double band = Math.exp(-Math.pow((y - 0.10 - 0.25 * (x - 0.4)) / 0.13, 2)) * Noise.cloudy(x * 4, y * 4, 5, 401);
        return base.plus(Vec.colour(0x8FA3D8).times(0.06 * band)).plus(stars(x, y, 110, 402)).plus(stars(x, y, 42, 403));
    }

    private static Vec stars(double x, double y, double grid, int seed) {
        int cx = (int) Math.floor(x * grid);
        int cy = (int) Math.floor(y * grid);
        double chance = Noise.hash(cx, cy, seed);
        if (chance < 0.92) {
            return Vec.BLACK;
        }
        double dx = x * grid - cx - 0.25 - 0.5 * Noise.hash(cx, cy, seed + 1);
        double dy = y * grid - cy - 0.25 - 0.5 * Noise.hash(cx, cy, seed + 2);
        double size = (0.0011 + 0.0009 * Noise.hash(cx, cy, seed + 3)) * grid;
        double bright = Math.exp(-(dx * dx + dy * dy) / (size * size)) * (chance - 0.91) * 7;
        return Vec.colour(0xFFE9CF).mix(Vec.colour(0xCFE0FF), Noise.hash(cx, cy, seed + 4)).times(bright);
    }

    private static Vec curtains(double x, double y) {
        return curtain(x, y, 0.50, 0.30, 411, 1.0)
                .plus(curtain(x, y, 0.36, 0.24, 412, 0.75))
                .plus(curtain(x, y, 0.60, 0.16, 413, 0.45));
    }

    /** Green at the hem, where oxygen is dense; violet high up. The folds are the noise of the hem's own line. */
    private static Vec curtain(double x, double y, double level, double tall, int seed, double strength) {
        double bend = x + 0.16 * Math.sin(y * 5 + seed) + 0.10 * (Noise.smooth(x * 2, y * 2, seed) - 0.5);
        double hem = level + 0.20 * (Noise.smooth(bend * 1.7 + seed, 0.5, seed) - 0.5) + 0.05 * Math.sin(bend * 7 + seed);
        double rise = (hem - y) / tall;
        double folds = Noise.cloudy(bend * 16, y * 0.8, 4, seed + 5);
        double fine = Noise.cloudy(bend * 70, y * 0.6, 3, seed + 6);
        double rays = 0.25 + 1.1 * Noise.step(0.35, 0.72, folds) + 0.5 * (fine - 0.5);
        double edge = Noise.step(-0.10, 0.06, rise);
        double fading = Math.exp(-Math.max(0, rise) * 1.9);
        double patch = Noise.step(0.28, 0.62, Noise.smooth(x * 1.6, seed, seed + 7));
        Vec green = Vec.colour(0x35F2A0);
        Vec violet = Vec.colour(0x8A4DFF);
        Vec colour = green.mix(Vec.colour(0x2FC7D8), Noise.step(0.1, 0.8, rise)).mix(violet, Noise.step(0.5, 1.6, rise));
        return colour.times(strength * 0.85 * edge * fading * Math.max(0.05, rays) * (0.2 + 0.8 * patch));
    }

    private static Vec mountains(Vec behind, double x, double y) {
        double top = 0.70 - 0.15 * Noise.ridged(x * 1.5 + 0.3, 1, 5, 421);
        if (y < top) {
            return behind;
        }
        double relief = Noise.ridged(x * 11 + 2 * Noise.cloudy(x * 5, y * 5, 3, 423), y * 7, 5, 422);
        double slope = (Noise.ridged(x * 11 + 0.04 + 2 * Noise.cloudy(x * 5, y * 5, 3, 423), y * 7, 5, 422) - relief) * 8;
        double lit = Noise.step(-0.8, 0.8, slope);
        Vec rock = Vec.colour(0x0B1A2A).mix(Vec.colour(0x4F8C93), lit * Noise.step(0.18, 0.0, y - top) * 0.8);
        return rock.mix(Vec.colour(0x1B4350), Noise.step(0.02, 0.2, y - top) * 0.7);
    }

    private static double snowLine(double x) {
        return SNOW + 0.03 * (Noise.cloudy(x * 1.4, 9, 3, 431) - 0.5) + 0.02 * Math.sin(x * 2.2);
    }

    private static Vec snow(double x, double y) {
        double below = y - SNOW;
        double drifts = Noise.cloudy(x * 2.2 + 2 * below, 6 * Math.sqrt(Math.max(0, below)) * 2.2, 5, 441);
        double slope = drifts - Noise.cloudy(x * 2.2 + 2 * below + 0.05, 6 * Math.sqrt(Math.max(0, below)) * 2.2 - 0.12, 5, 441);
        double lit = Noise.step(-0.08, 0.08, slope);
        Vec shade = Vec.colour(0x14304A);
        Vec bright = Vec.colour(0x7FD0C0);
        double sparkle = Noise.hash((int) (x * 1400), (int) (y * 1400), 442) > 0.9985 ? 0.35 : 0;
        Vec base = shade.mix(bright, 0.12 + 0.5 * lit).times(1 - 0.5 * Noise.step(0.05, 0.3, below));
        double away = Math.hypot(x - HUT_X, (y - HUT_Y - 0.012) * 2.6);
        double door = Math.exp(-away * 13);
        return base.plus(Vec.colour(0xFF9E4A).times(0.8 * door * (0.55 + 0.6 * lit))).plus(bright.times(sparkle));
    }

    private static Vec trees(Vec behind, double x, double y) {
        double cover = 0;
        for (int tree = 0; tree < 46; tree++) {
            double place = 1.55 * Noise.hash(tree, 1, 451);
            if (Math.abs(place - HUT_X) < 0.11) {
                continue;
            }
            double size = 0.05 + 0.11 * Noise.hash(tree, 2, 451) * Noise.step(0.05, 0.6, Math.abs(place - HUT_X));
            double foot = snowLine(place) + 0.005 + size * 0.35;
            double rise = (foot - y) / size;
            if (rise > 0 && rise < 1 && Math.abs(x - place) < size * 0.3) {
                double tier = rise * 9 - Math.floor(rise * 9);
                double half = size * 0.19 * Math.pow(1 - rise, 0.8) * (1 - 0.4 * tier)
                        * (0.75 + 0.5 * Noise.smooth(rise * 30, tree * 3 + Math.signum(x - place), 4));
                cover = Math.max(cover, Noise.step(half + 0.001, half - 0.0006, Math.abs(x - place)));
            }
        }
        return behind.mix(Vec.colour(0x06131C), cover * 0.96);
    }

    private static Vec hut(Vec behind, double x, double y) {
        double dx = x - HUT_X;
        double dy = y - HUT_Y;
        double eaves = Math.abs(dx) * 0.8 - 0.062;
        boolean roof = dy > eaves - 0.016 && dy < eaves + 0.002 && Math.abs(dx) < 0.062;
        boolean wall = Math.abs(dx) < 0.046 && dy > eaves && dy < 0.016;
        boolean window = Math.abs(Math.abs(dx) - 0.021) < 0.0105 && Math.abs(dy + 0.008) < 0.0115
                && Math.abs(Math.abs(dx) - 0.021) > 0.0009 && Math.abs(dy + 0.008) > 0.0009;
        Vec colour = behind;
        if (wall) {
            colour = Vec.colour(0x2A1712).times(0.7 + 0.5 * Noise.smooth(3, y * 300, 461));
        }
        if (window) {
            colour = Vec.colour(0xFFB65A).times(1.7);
        }
        if (roof) {
            colour = Vec.colour(0x9CCFD0).times(0.55 + 0.3 * Noise.step(0.002, -0.016, dy - eaves));
        }
        double glow = Math.exp(-Math.hypot(dx, dy + 0.008) * 30);
        return colour.plus(Vec.colour(0xFF9E4A).times(0.25 * glow));
    }
}
