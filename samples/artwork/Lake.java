package artwork;

/** A mountain lake: snow on lit flanks, a dark wood along the shore, all of it once more in the water. */
final class Lake implements Picture.Painter {

    private static final double SHORE = 0.60;

    @Override
    public Vec colourAt(double x, double y) {
        if (y < SHORE) {
            return land(x, y);
        }
        return stones(water(x, y), x, y);
    }

    private static Vec land(double x, double y) {
        Vec colour = sky(x, y);
        colour = range(colour, x, y, 0.36, 0.34, 1.3, 204, 0.55);
        colour = range(colour, x, y, 0.47, 0.62, 1.05, 207, 0.10);
        return woods(colour, x, y);
    }

    private static Vec sky(double x, double y) {
        Vec base = Vec.colour(0x3F78B5).mix(Vec.colour(0xCBE0EA), Noise.step(-0.15, 0.48, y));
        double cloud = Noise.step(0.47, 0.72, Noise.cloudy(x * 1.9 + 2, y * 4.6 + 1, 6, 211));
        double shaded = Noise.step(0.45, 0.75, Noise.cloudy(x * 1.9 + 2.03, y * 4.6 + 1.16, 6, 211));
        Vec white = Vec.colour(0xFFF8EE).mix(Vec.colour(0xB7C4D4), shaded * 0.8);
        return base.mix(white, cloud * 0.85);
    }

    private static double ridge(double x, double base, double size, double width, int seed) {
        double form = Noise.ridged(x * width + 0.15, 0.5, 2, seed);
        double teeth = Noise.ridged(x * width * 4, 2.5, 5, seed + 3);
        double envelope = 0.35 + 0.65 * Math.sin(Math.min(Math.PI, Math.max(0, (x + 0.25) / 2.4 * Math.PI)));
        return base - size * envelope * (form * 0.72 + 0.26 * teeth) + size * 0.22;
    }

    private static Vec range(Vec behind, double x, double y, double base, double size, double width, int seed, double haze) {
        double top = ridge(x, base, size, width, seed);
        if (y < top) {
            return behind;
        }
        double below = (y - top) / size;
        // Gullies run down from the crest, so the relief is stretched along the slope and spread with depth.
        double u = x * 9 + 0.5 * Noise.cloudy(x * 4, y * 4, 3, seed + 5);
        double v = y * 7 + x * 3;
        double relief = Noise.ridged(u, v, 6, seed + 7);
        double slope = (Noise.ridged(u + 0.05, v - 0.02, 6, seed + 7) - relief) * 9;
        double lit = Noise.step(-0.9, 0.9, slope + 0.15);
        double snowline = 0.40 + 0.45 * (Noise.cloudy(x * 6, y * 8, 4, seed + 9) - 0.5);
        double steep = Noise.step(0.25, 0.62, relief);
        double snow = Noise.step(snowline + 0.10, snowline - 0.12, below) * (0.35 + 0.65 * steep);
        Vec rock = Vec.colour(0x1F2A3C).mix(Vec.colour(0x7A6E68), lit);
        Vec white = Vec.colour(0x7E9CC4).mix(Vec.colour(0xFFF4E6), lit);
        Vec meadow = Vec.colour(0x2C4436).mix(Vec.colour(0x6E7D4E), lit);
        Vec ground = rock.mix(meadow, Noise.step(0.62, 0.95, below)).mix(white, snow);
        double valley = Noise.step(0.35, 1.1, below) * 0.4;
        return ground.mix(Vec.colour(0xBFD3E2), Math.min(0.9, haze + valley));
    }

    private static Vec woods(Vec behind, double x, double y) {
        double bank = SHORE - 0.030 - 0.035 * Noise.cloudy(x * 2.1, 7, 3, 221) - 0.03 * Noise.step(0.5, 0.0, x)
                - 0.045 * Noise.step(1.35, 2.0, x);
        double cover = Noise.step(bank - 0.002, bank + 0.002, y);
        double spacing = 0.0085;
        int cell = (int) Math.floor(x / spacing);
        for (int tree = cell - 2; tree <= cell + 2; tree++) {
            double height = 0.020 + 0.040 * Noise.hash(tree, 2, 3);
            double trunk = (tree + Noise.hash(tree, 3, 3)) * spacing;
            double rise = (bank + 0.012 - y) / height;
            if (rise > 0 && rise < 1) {
                double half = 0.17 * height * (1 - rise) * (0.65 + 0.6 * Noise.smooth(rise * 14, tree, 4));
                cover = Math.max(cover, Noise.step(half + 0.0008, half - 0.0008, Math.abs(x - trunk)));
            }
        }
        double lit = Noise.cloudy(x * 60, y * 70, 3, 224);
        Vec green = Vec.colour(0x10231F).mix(Vec.colour(0x3F5B3A), Noise.step(0.4, 0.75, lit));
        return behind.mix(green.mix(Vec.colour(0xBFD3E2), 0.10), cover);
    }

    private static Vec water(double x, double y) {
        double below = y - SHORE;
        double distance = 1 / (below + 0.03);
        double breeze = Noise.step(0.46, 0.66, Noise.cloudy(x * 1.3, distance * 0.35, 3, 231));
        double ripple = Noise.cloudy(x * distance * 1.6, distance * 16, 4, 232) - 0.5;
        double shake = ripple * (0.008 + 0.05 * below + 0.03 * breeze * below);
        double mirrored = SHORE - 0.002 - below * 1.06 + shake * 1.6;
        Vec reflected = land(x + shake * 0.35, Math.max(0.0, Math.min(SHORE - 0.002, mirrored)));
        Vec deep = Vec.colour(0x0F3A48);
        double facing = Noise.step(0.75, 0.0, below);
        Vec surface = deep.mix(reflected.times(Vec.of(0.82, 0.92, 0.96)), 0.42 + 0.45 * facing);
        return surface.mix(Vec.colour(0x9FC3D6), 0.22 * breeze * Noise.step(0.25, 0.02, below));
    }

    /** Pebbles under clear water close to the viewer. */
    private static Vec stones(Vec behind, double x, double y) {
        double near = Noise.step(0.86, 1.0, y + 0.03 * (Noise.cloudy(x * 4, 2, 3, 241) - 0.5));
        double perspective = 1 / (1.35 - y);
        double u = (x - 1) * 20 * (1.35 - y) * 1.8;
        double v = perspective * 22;
        double nearest = 9;
        double tone = 0;
        for (int i = -1; i <= 1; i++) {
            for (int j = -1; j <= 1; j++) {
                int cx = (int) Math.floor(u) + i;
                int cy = (int) Math.floor(v) + j;
                double away = Math.hypot(u - cx - Noise.hash(cx, cy, 1), v - cy - Noise.hash(cx, cy, 2));
                if (away < nearest) {
                    nearest = away;
                    tone = Noise.hash(cx, cy, 3);
                }
            }
        }
        Vec stone = Vec.colour(0x24413F).mix(Vec.colour(0x8A8A72), tone * 0.7).times(Noise.step(0.75, 0.2, nearest) * 0.8 + 0.2);
        return behind.mix(stone, 0.55 * near);
    }
}
