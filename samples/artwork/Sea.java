package artwork;

/** The sea after sunset: burning clouds above, their colours broken by waves below, a headland with its light. */
final class Sea implements Picture.Painter {

    private static final double HORIZON = 0.56;
    private static final double SUN_X = 0.72;

    @Override
    public Vec colourAt(double x, double y) {
        Vec colour = y < HORIZON ? sky(x, y) : water(x, y);
        return headland(colour, x, y);
    }

    private static Vec sky(double x, double y) {
        double height = (HORIZON - y) / HORIZON;
        Vec high = Vec.colour(0x1F2C5C);
        Vec middle = Vec.colour(0x8A5A8F);
        Vec low = Vec.colour(0xFF9B5E);
        Vec base = low.mix(middle, Noise.step(0.0, 0.5, height)).mix(high, Noise.step(0.3, 1.05, height));
        double away = Math.hypot((x - SUN_X) * 0.8, (y - HORIZON) * 1.5);
        Vec glowing = base.plus(Vec.colour(0xFFB45E).times(0.8 * Math.exp(-away * 5)));
        return clouds(glowing, x, height, away);
    }

    /** Clouds shrink towards the horizon, and burn where the sun below it reaches their bellies. */
    private static Vec clouds(Vec behind, double x, double height, double away) {
        double far = 1 / (height + 0.16);
        double u = (x - SUN_X) * far * 0.75;
        double v = far * 2.1;
        double puff = Noise.cloudy(u + 4, v * 1.25, 7, 51) + 0.22 * (Noise.cloudy(u * 0.35, v * 0.5, 3, 52) - 0.5);
        double cover = Noise.step(0.44, 0.62, puff) * Noise.step(0.02, 0.10, height);
        double belly = Noise.step(0.74, 0.50, Noise.cloudy(u + 4, v * 1.25 - 0.10, 7, 51) + 0.04);
        Vec dark = Vec.colour(0x3A2C55).mix(Vec.colour(0x7B4166), Math.exp(-away * 2.2));
        Vec burning = Vec.colour(0xFF7A4F).mix(Vec.colour(0xFFC46B), Math.exp(-away * 4)).times(1.1);
        return behind.mix(dark.mix(burning, belly * Math.exp(-away * 1.25)), cover * 0.92);
    }

    private static Vec water(double x, double y) {
        double below = y - HORIZON;
        double distance = 1 / (below + 0.012);
        double u = (x - 0.89) * distance * 0.9;
        double v = distance * 2.6;
        double swell = Noise.ridged(u * 0.5 + 7, v * 1.1, 4, 61) - 0.5;
        double chop = Noise.cloudy(u * 4, v * 6, 4, 62) - 0.5;
        double calm = Noise.step(0.0, 0.12, below);
        double tilt = (swell * 0.5 + chop * 0.8) * (0.25 + 0.75 * calm);
        double mirrored = HORIZON - Math.abs(below * 1.25 + tilt * 0.32 * (0.2 + below * 2));
        Vec reflected = sky(x + chop * 0.05, Math.max(0.0, Math.min(HORIZON - 0.004, mirrored)));
        Vec deep = Vec.colour(0x141C3C);
        double facing = Noise.step(-0.35, 0.35, tilt + 0.12 - 0.35 * below);
        Vec surface = deep.mix(reflected, 0.25 + 0.6 * facing);
        double path = Math.exp(-Math.pow((x - SUN_X) / (0.035 + 0.22 * below), 2));
        double glitter = Noise.step(0.12, 0.32, tilt) * path;
        return surface.plus(Vec.colour(0xFFB36B).times(0.85 * glitter * Math.exp(-below * 2.2)));
    }

    private static Vec headland(Vec behind, double x, double y) {
        double rise = Noise.step(1.12, 1.78, x);
        double top = HORIZON + 0.004 - 0.15 * rise * (0.75 + 0.5 * Noise.cloudy(x * 5, 3, 5, 71));
        Vec rock = Vec.colour(0x1C1730).mix(Vec.colour(0x5A3350), Math.exp(-(x - 1.1) * 4) * 0.6);
        Vec colour = behind.mix(rock, Noise.step(top - 0.001, top + 0.001, y) * Noise.step(HORIZON + 0.004, HORIZON + 0.001, y)
                * Noise.step(1.12, 1.14, x));
        double tower = Noise.step(0.0065, 0.0055, Math.abs(x - 1.5));
        double body = tower * Noise.step(0.385, 0.387, y) * Noise.step(0.5, 0.498, y);
        double away = Math.hypot(x - 1.5, y - 0.381);
        return colour.mix(Vec.colour(0x241B33), body)
                .plus(Vec.colour(0xFFE9B0).times(2.2 * Math.exp(-away * 190) + 0.28 * Math.exp(-away * 26)));
    }
}
