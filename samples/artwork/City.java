package artwork;

/** A city across the water at blue hour; every window is its own decision to be lit. */
final class City implements Picture.Painter {

    private static final double QUAY = 0.67;

    @Override
    public Vec colourAt(double x, double y) {
        return y < QUAY ? town(x, y) : water(x, y);
    }

    private static Vec town(double x, double y) {
        Vec colour = sky(x, y);
        colour = block(colour, x, y, 0.040, 0.20, 0.10, 0.50, 301);
        colour = block(colour, x, y, 0.058, 0.30, 0.16, 0.25, 302);
        colour = block(colour, x, y, 0.075, 0.17, 0.12, 0.06, 303);
        double lamps = Noise.step(0.5, 0.0, Math.abs(x / 0.031 - Math.floor(x / 0.031) - 0.5) * 6);
        double lampLine = Math.exp(-Math.pow((y - QUAY + 0.008) / 0.0028, 2));
        return colour.plus(Vec.colour(0xFFC27A).times(1.5 * lamps * lampLine));
    }

    private static Vec sky(double x, double y) {
        Vec high = Vec.colour(0x0B1436);
        Vec middle = Vec.colour(0x39406F);
        Vec low = Vec.colour(0xE08A6A);
        Vec base = high.mix(middle, Noise.step(0.0, 0.45, y)).mix(low, Noise.step(0.30, 0.72, y));
        double cloud = Noise.step(0.5, 0.75, Noise.cloudy(x * 1.6, y * 5.5, 6, 311)) * Noise.step(0.08, 0.4, y);
        Vec lit = base.mix(Vec.colour(0x9A5E74), cloud * 0.55);
        double moon = Math.hypot(x - 0.22, y - 0.16);
        double shadow = Math.hypot(x - 0.233, y - 0.154);
        double crescent = Noise.step(0.030, 0.0285, moon) * Noise.step(0.0275, 0.029, shadow);
        int cx = (int) (x * 220);
        int cy = (int) (y * 220);
        double star = Noise.hash(cx, cy, 312) > 0.993
                ? Math.exp(-Math.pow(Math.hypot(x * 220 - cx - 0.5, y * 220 - cy - 0.5) * 5, 2)) * Noise.step(0.45, 0.05, y)
                : 0;
        return lit.plus(Vec.colour(0xFFF4D8).times(1.1 * crescent + 0.10 * Math.exp(-moon * 16) + 0.7 * star));
    }

    private static Vec block(Vec behind, double x, double y, double pitch, double tall, double vary, double haze, int seed) {
        int house = (int) Math.floor(x / pitch);
        double inside = x / pitch - house;
        double own = Noise.hash(house, 1, seed);
        double skyline = Math.exp(-Math.pow((x - 0.56) / 0.42, 2));
        double height = tall * (0.35 + 0.65 * skyline) * (0.55 + 0.6 * own) + vary * own * own * skyline;
        double gap = 0.04 + 0.06 * Noise.hash(house, 2, seed);
        double top = QUAY - height;
        double setback = Noise.hash(house, 6, seed) > 0.5 && y < top + 0.03 ? 0.16 : 0;
        boolean wall = y > top && inside > gap + setback && inside < 1 - gap - setback;
        boolean mast = Noise.hash(house, 3, seed) > 0.6 && Math.abs(inside - 0.5) < 0.012 && y > top - 0.05;
        if (!wall && !mast) {
            return behind;
        }
        double side = inside > 0.62 ? 0.6 : 1;
        Vec facade = Vec.colour(0x141A33).mix(Vec.colour(0x2A2F52), own).times(side);
        Vec hazed = facade.mix(Vec.colour(0x9A6472), haze * (0.6 + 0.5 * Noise.step(0.2, 0.65, y)));
        return wall ? hazed.plus(window(x, y, house, haze, seed)) : hazed;
    }

    private static Vec window(double x, double y, int house, double haze, int seed) {
        double wide = 0.0058 + 0.003 * Noise.hash(house, 8, seed);
        double high = 0.0100;
        int column = (int) Math.floor(x / wide);
        int floor = (int) Math.floor(y / high);
        double inX = Math.abs(x / wide - column - 0.5);
        double inY = Math.abs(y / high - floor - 0.5);
        double pane = Noise.step(0.36, 0.28, inX) * Noise.step(0.34, 0.26, inY);
        double busy = 0.24 + 0.40 * Noise.hash(house, 9, seed);
        double chance = Noise.hash(column * 3 + house, floor, seed + 5);
        if (chance > busy) {
            return Vec.colour(0x3D4A78).times(0.12 * pane);
        }
        double mood = Noise.hash(column, floor, seed + 6);
        Vec warm = Vec.colour(0xFFB45C).mix(Vec.colour(0xFFE3B0), mood);
        Vec light = mood > 0.9 ? Vec.colour(0xA9D4FF) : warm;
        return light.times(pane * (0.35 + 0.9 * Noise.hash(column, floor, seed + 7)) * (1 - haze * 0.9));
    }

    /** Lights draw long strokes on moving water: the picture is mirrored, then averaged along the stroke. */
    private static Vec water(double x, double y) {
        double below = y - QUAY;
        double distance = 1 / (below + 0.04);
        double wave = Noise.cloudy(x * distance * 1.1, distance * 9, 4, 321) - 0.5;
        Vec sum = Vec.BLACK;
        int strokes = 7;
        for (int i = 0; i < strokes; i++) {
            double reach = below * (0.55 + 0.20 * i) + wave * 0.10 * below;
            double sway = wave * (0.012 + 0.03 * below) + 0.0016 * (i - 3) * below;
            sum = sum.plus(town(x + sway, Math.max(0.01, QUAY - 0.002 - reach * 0.95)));
        }
        double facing = 0.35 + 0.65 * Noise.step(-0.22, 0.25, wave);
        Vec deep = Vec.colour(0x0A1230);
        return deep.mix(sum.times(1.25 / strokes), (0.80 - 0.35 * Noise.step(0, 0.35, below)) * facing + 0.1);
    }
}
