package artwork;

/** The stoneware of the teaser, each piece thrown as a profile on the wheel. Lengths in decimetres. */
final class CoffeeSet {

    static final Vec SAND = Vec.colour(0xE2D2B8);
    static final Vec SAGE = Vec.colour(0x8FA58A);
    static final Vec INK = Vec.colour(0x2C3A4B);
    private static final Vec BARE_CLAY = Vec.colour(0xB98A66);
    private static final Material COPPER = Material.metal(Vec.colour(0xE8A27C), 0.28);
    private static final Material WALNUT_WOOD = Material.glazed(CoffeeSet::walnut, 0.5);
    private static final Material COFFEE = new Material((x, y, z) -> Vec.colour(0x2A1206), 0.05, 0.05, false);

    private static final Profile CUP =
            Profile.shell(0.075, 0, 0.06, 0.24, 0.06, 0.34, 0.12, 0.40, 0.35, 0.42, 0.62, 0.43, 0.88);
    private static final Profile CUP_HANDLE =
            Profile.curve(0.41, 0.72, 0.58, 0.76, 0.72, 0.66, 0.74, 0.48, 0.64, 0.32, 0.40, 0.28);
    private static final Profile SERVER = Profile.shell(
            0.075, 0, 0.05, 0.42, 0.05, 0.58, 0.13, 0.66, 0.38, 0.60, 0.72, 0.42, 0.98, 0.36, 1.10, 0.38, 1.24);
    private static final Profile SERVER_HANDLE =
            Profile.curve(0.44, 1.08, 0.66, 1.14, 0.90, 1.02, 0.98, 0.74, 0.90, 0.46, 0.64, 0.36);
    private static final Profile DRIPPER =
            Profile.shell(0.06, 0.12, -0.02, 0.20, 0.06, 0.32, 0.24, 0.46, 0.46, 0.58, 0.64, 0.64, 0.70);
    private static final Profile DRIPPER_FOOT =
            Profile.shell(0.06, 0.10, 0.03, 0.22, 0.04, 0.40, 0.03, 0.52, 0.02, 0.56, 0.05);
    private static final Profile DRIPPER_HANDLE =
            Profile.curve(0.565, 0.56, 0.68, 0.575, 0.80, 0.50, 0.82, 0.34, 0.70, 0.22, 0.36, 0.26);
    private static final Profile KETTLE =
            Profile.solid(0, 0, 0.60, 0, 0.72, 0.05, 0.74, 0.20, 0.62, 0.62, 0.50, 0.96, 0.44, 1.02, 0.30, 1.05, 0, 1.08);
    private static final Profile SPOUT = Profile.curve(
            0.60, 0.24, 0.84, 0.28, 0.98, 0.50, 1.02, 0.78, 1.08, 1.02, 1.22, 1.12, 1.36, 1.06, 1.40, 1.00);
    private static final Profile KETTLE_HANDLE = Profile.curve(
            -0.44, 0.94, -0.60, 1.16, -0.86, 1.18, -0.98, 1.02, -0.98, 0.74, -0.94, 0.50);

    private CoffeeSet() {}

    /** A mug at a place on the table, its handle turned by so many degrees. */
    static void cup(Stage stage, double x, double z, double handle, Vec glaze) {
        Shape mug = Shape.union(Shape.lathe(CUP), Shape.tube(CUP_HANDLE, 0.055));
        stage.add(mug.turned(handle).moved(x, 0, z), stoneware(glaze, 0.16), Vec.of(x, 0.45, z), 0.9);
    }

    /** Coffee in the mug at the same place. */
    static void coffee(Stage stage, double x, double z, double level) {
        stage.add(Shape.drum(0.40, level, 0.01).moved(x, 0, z), crema(x, z), Vec.of(x, level / 2, z), 0.6);
    }

    /** A little light foam gathers along the rim and in a few drifts. */
    private static Material crema(double cx, double cz) {
        return new Material(
                (x, y, z) -> {
                    double radius = Math.hypot(x - cx, z - cz);
                    double drift = Noise.cloudy((x - cx) * 5 + 9, (z - cz) * 5, 5, 3);
                    double foam = Noise.step(0.31, 0.39, radius + 0.09 * (drift - 0.5));
                    double haze = 0.35 * Noise.step(0.48, 0.72, drift);
                    return Vec.colour(0x2E1407).mix(Vec.colour(0xA9713C), Math.max(foam * 0.85, haze));
                },
                0.05,
                0.04,
                false);
    }

    /** The jug that catches the coffee. */
    static void server(Stage stage, double x, double z, double handle, Vec glaze) {
        Shape jug = Shape.union(Shape.lathe(SERVER), Shape.tube(SERVER_HANDLE, 0.065));
        stage.add(jug.turned(handle).moved(x, 0, z), stoneware(glaze, 0.2), Vec.of(x, 0.62, z), 1.2);
    }

    /** The cone on top, standing at a height. Its ribs wind once round an eighth of the cone. */
    static void dripper(Stage stage, double x, double y, double z, double handle, Vec glaze) {
        Shape cone = (px, py, pz) -> {
            double radius = Math.sqrt(px * px + pz * pz);
            double plain = DRIPPER.distance(radius, py);
            if (Math.abs(plain) > 0.08) {
                return plain - 0.02;
            }
            boolean inner = radius < 0.12 + 0.72 * py;
            double wave = Math.max(0, Math.cos(16 * Math.atan2(pz, px) + 7 * py));
            double fading = Noise.step(0.66, 0.56, py) * Noise.step(0.0, 0.1, py);
            return (plain - (inner ? 0.034 * wave * fading : 0)) * 0.7;
        };
        Shape whole = Shape.union(cone, Shape.lathe(DRIPPER_FOOT), Shape.tube(DRIPPER_HANDLE, 0.05));
        stage.add(whole.turned(handle).moved(x, y, z), Material.glazed(speckled(glaze), 0.3), Vec.of(x, y + 0.35, z), 0.95);
    }

    /** Wet grounds in the dripper: a rough dark bed, paler where the water falls. */
    static void grounds(Stage stage, double x, double y, double z) {
        Shape bed = (px, py, pz) -> {
            if (py > 0.5) {
                return py - 0.42;
            }
            double grain = 0.012 * Noise.cloudy(px * 26, pz * 26, 3, 5);
            double radius = Math.sqrt(px * px + pz * pz);
            double dome = py - 0.34 - 0.05 * Math.cos(Math.min(3, radius * 7)) - grain;
            return Math.max(Math.max(dome, 0.2 - py), radius - 0.12 - 0.68 * py) * 0.7;
        };
        Material wet = new Material(
                (px, py, pz) -> {
                    double bloom = Noise.step(0.26, 0.02, Math.hypot(px - x, pz - z) + 0.1 * Noise.cloudy(px * 12, pz * 12, 3, 9));
                    double grain = 0.6 + 0.8 * Noise.smooth(px * 60, pz * 60, 11);
                    return Vec.colour(0x2B1509).mix(Vec.colour(0x9C6B3F), bloom * 0.8).times(grain);
                },
                0.04,
                0.35,
                false);
        stage.add(bed.moved(x, y, z), wet, Vec.of(x, y + 0.35, z), 0.6);
    }

    /** The kettle; its spout points along the turn. Tipping is about its own foot. */
    static void kettle(Stage stage, double x, double y, double z, double turn, double tip) {
        Shape knob = Shape.union(Shape.sphere(0.075).moved(0, 1.18, 0), Shape.drum(0.03, 0.14, 0.01).moved(0, 1.05, 0));
        Shape body = Shape.union(Shape.lathe(KETTLE), Shape.tube(SPOUT, 0.05));
        Vec centre = Vec.of(x, y + 0.6, z);
        stage.add(body.tipped(tip).turned(turn).moved(x, y, z), COPPER, centre, 1.6);
        stage.add(knob.tipped(tip).turned(turn).moved(x, y, z), WALNUT_WOOD, centre, 1.6);
        Shape handle = Shape.tube(KETTLE_HANDLE, 0.06);
        stage.add(handle.tipped(tip).turned(turn).moved(x, y, z), WALNUT_WOOD, centre, 1.6);
    }

    /** A thread of water from one height down to another. */
    static void water(Stage stage, double x, double top, double bottom, double z) {
        Shape thread = (px, py, pz) -> {
            double fallen = (top - py) / (top - bottom);
            double radius = 0.024 - 0.008 * fallen + 0.0025 * Math.sin(py * 40);
            double wander = 0.05 * (1 - fallen) * (1 - fallen);
            double side = Math.hypot(px + wander - 0.0, pz) - radius;
            return Math.max(side, Math.max(py - top, bottom - py)) * 0.8;
        };
        Material clear = new Material((px, py, pz) -> Vec.colour(0xC9C4B8), 0.35, 0.02, false);
        stage.add(thread.moved(x, 0, z), clear, Vec.of(x, (top + bottom) / 2, z), (top - bottom) / 2 + 0.1);
    }

    static void beans(Stage stage, double x, double z, int count, double spread, int seed) {
        Material roast = Material.glazed(Vec.colour(0x3A1D0E), 0.45);
        Shape[] beans = new Shape[count];
        for (int i = 0; i < count; i++) {
            double angle = 2 * Math.PI * Noise.hash(i, 1, seed);
            double away = spread * Math.sqrt(Noise.hash(i, 2, seed));
            double bx = x + away * Math.cos(angle) * 1.4;
            double bz = z + away * Math.sin(angle);
            double tilt = 20 * (Noise.hash(i, 4, seed) - 0.5);
            beans[i] = bean().tipped(tilt).turned(360 * Noise.hash(i, 3, seed)).moved(bx, 0.042, bz);
        }
        stage.add(Shape.union(beans), roast, Vec.of(x, 0.05, z), spread * 1.4 + 0.1);
    }

    private static Shape bean() {
        return (x, y, z) -> {
            double away = Math.sqrt(x * x + y * y + z * z);
            if (away > 0.25) {
                return away - 0.12;
            }
            double stretched = Math.sqrt(x * x * 0.42 + y * y * 1.7 + z * z) - 0.058;
            double groove = Math.hypot(z + 0.006 * Math.sin(x * 40), y - 0.048) - 0.012;
            return Math.max(stretched, -groove) * 0.7;
        };
    }

    private static Material stoneware(Vec glaze, double dippedAbove) {
        Material.Pigment speckled = speckled(glaze);
        return Material.glazed(
                (x, y, z) -> {
                    double line = dippedAbove + 0.012 * Math.sin(x * 5 + z * 3);
                    double grit = 0.85 + 0.3 * Noise.smooth(x * 60, y * 60 + z * 45, 4);
                    return BARE_CLAY.times(grit).mix(speckled.at(x, y, z), Noise.step(line - 0.006, line + 0.006, y));
                },
                0.3);
    }

    /** Iron spots burn through the glaze where they please. */
    private static Material.Pigment speckled(Vec glaze) {
        return (x, y, z) -> {
            double size = 34;
            double px = x * size;
            double py = y * size;
            double pz = z * size;
            int cx = (int) Math.floor(px);
            int cy = (int) Math.floor(py);
            int cz = (int) Math.floor(pz);
            double chance = Noise.hash(cx * 7 + cz, cy, cz * 13 + 5);
            double away = Math.hypot(Math.hypot(px - cx - 0.5, py - cy - 0.5), pz - cz - 0.5);
            double spot = chance > 0.93 ? Noise.step(0.5, 0.25, away / (0.4 + 7 * (chance - 0.93))) : 0;
            double pooled = 0.94 + 0.12 * Noise.cloudy(x * 4 + z * 3, y * 4, 3, 21);
            return glaze.times(pooled).mix(Vec.colour(0x4A3426), spot * 0.75);
        };
    }

    /** Long grain, a few boards wide. */
    static Vec walnut(double x, double y, double z) {
        return wood(x, z, Vec.colour(0x5A3822), Vec.colour(0x8A5D3B));
    }

    static Vec oak(double x, double y, double z) {
        return wood(x, z, Vec.colour(0xA57C52), Vec.colour(0xD0A878));
    }

    private static Vec wood(double x, double z, Vec dark, Vec pale) {
        double board = Math.floor(z / 1.15 + 0.35);
        double own = Noise.hash((int) board, 3, 17);
        double along = x * 0.35 + own * 50;
        double across = z * 3.2 + own * 9;
        double rings = Noise.cloudy(along, across + 1.2 * Noise.cloudy(along * 0.7, across * 0.4, 3, 2), 3, 6);
        double bands = 0.5 + 0.5 * Math.sin(rings * 34);
        double fibre = Noise.cloudy(x * 3, z * 90, 3, 8);
        double edge = Math.abs(z / 1.15 + 0.35 - board - 0.5);
        double joint = Noise.step(0.488, 0.498, edge);
        double tone = 0.25 * bands + 0.45 * fibre + 0.3 * own;
        return dark.mix(pale, tone).times(1 - 0.75 * joint);
    }
}
