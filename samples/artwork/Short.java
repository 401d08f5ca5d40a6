package artwork;

import java.io.IOException;
import java.nio.file.Path;

/** The four upright pictures of the shop short: three cans of citrus soda on a paper stage. */
final class Short {

    private static final Vec LEMON = Vec.colour(0xFFD23F);
    private static final Vec ORANGE = Vec.colour(0xFF6B4A);
    private static final Vec LIME = Vec.colour(0x6CC04A);
    private static final Vec CREAM = Vec.colour(0xFFF3DC);
    private static final double CAN_HEIGHT = 1.22;
    private static final Profile CAN = Profile.solid(
            0, 0.04, 0.20, 0.03, 0.24, 0, 0.29, 0.05, 0.33, 0.12, 0.33, 0.14, 0.33, 0.60, 0.33, 1.00, 0.33, 1.02, 0.29,
            1.14, 0.265, 1.18, 0.275, 1.21, 0.26, 1.22, 0.24, 1.18, 0.0, 1.17);

    private final int width;
    private final int height;
    private final int rays;

    Short(int height, int rays) {
        this.width = height * 9 / 16;
        this.height = height;
        this.rays = rays;
    }

    void saveInto(Path folder, String only) throws IOException {
        if ("1-hero".contains(only)) {
            save(hero(), folder.resolve("1-hero.jpg"));
        }
        if ("2-flavours".contains(only)) {
            save(flavours(), folder.resolve("2-flavours.jpg"));
        }
        if ("3-floating".contains(only)) {
            save(floating(), folder.resolve("3-floating.jpg"));
        }
        if ("4-many".contains(only)) {
            save(many(), folder.resolve("4-many.jpg"));
        }
    }

    private static void save(Picture picture, Path file) throws IOException {
        picture.bloomed(0.95, 0.15).vignetted(0.15).saveJpeg(file, 0.006);
    }

    private Picture hero() {
        Stage stage = paper(Vec.colour(0xFF8F6B), Vec.colour(0xFF8F6B));
        arch(stage, 0, -1.3, 1.0, Vec.colour(0xFFC857));
        podium(stage, 0, 0, 0.85, 0.4, CREAM);
        can(stage, 0, 0.4, 0, 0, LEMON, Vec.colour(0xFF7A45));
        slice(stage, 0.62, 0.4 + 0.30, 0.35, 78, -28, LEMON);
        slice(stage, -0.62, 0.45, 0.36, 4, 0, LEMON);
        return taken(stage, new Camera(Vec.of(0, 1.5, 7.2), Vec.of(0, 1.12, 0), 30, 0));
    }

    private Picture flavours() {
        Stage stage = paper(Vec.colour(0x57B8A5), Vec.colour(0x57B8A5));
        arch(stage, 0.35, -1.5, 1.15, Vec.colour(0xF7E3B5));
        podium(stage, -0.62, 0.2, 0.46, 0.35, CREAM);
        podium(stage, 0.05, -0.45, 0.46, 1.05, Vec.colour(0xFF8F6B));
        podium(stage, 0.68, 0.3, 0.46, 0.7, Vec.colour(0xFFC857));
        can(stage, -0.62, 0.35, 0.2, 20, LEMON, Vec.colour(0xFF7A45));
        can(stage, 0.05, 1.05, -0.45, -5, ORANGE, Vec.colour(0x9E1F3F));
        can(stage, 0.68, 0.7, 0.3, -25, LIME, Vec.colour(0x1F6B4F));
        slice(stage, 0.0, 0.32, 0.75, 74, 18, ORANGE);
        return taken(stage, new Camera(Vec.of(0.1, 1.7, 8.2), Vec.of(0.02, 1.22, 0), 29.5, 0));
    }

    private Picture floating() {
        Stage stage = paper(Vec.colour(0x6A5BD0), Vec.colour(0x6A5BD0));
        Vec centre = Vec.of(0, 1.35, 0);
        stage.add(
                Shape.lathe(CAN).moved(0, -CAN_HEIGHT / 2, 0).turned(-10).leaned(14).tipped(-20).moved(0, 1.35, 0),
                label(Vec.colour(0xFF4F79), Vec.colour(0xFFD23F), place -> unturned(place.minus(centre))),
                centre,
                0.85);
        slice(stage, -0.62, 2.05, 0.1, 62, 35, ORANGE);
        slice(stage, 0.62, 0.66, 0.35, 70, -30, LIME);
        slice(stage, 0.66, 2.15, -0.5, 55, 60, LEMON);
        slice(stage, -0.60, 0.62, -0.2, 80, -60, LEMON);
        berry(stage, -0.78, 1.30, 0.3, 0.12);
        berry(stage, 0.78, 1.42, 0.1, 0.09);
        berry(stage, 0.12, 2.42, 0.1, 0.10);
        berry(stage, -0.1, 0.30, 0.4, 0.08);
        return taken(stage, new Camera(Vec.of(0, 1.45, 7.0), Vec.of(0, 1.34, 0), 29, 0));
    }

    /** The place on the upright can for a place on the tilted one: the tilts undone in reverse order. */
    private static Vec unturned(Vec p) {
        double tip = Math.toRadians(-20);
        double x = Math.cos(tip) * p.x() + Math.sin(tip) * p.y();
        double y = Math.cos(tip) * p.y() - Math.sin(tip) * p.x();
        double lean = Math.toRadians(14);
        return Vec.of(x, Math.cos(lean) * y + Math.sin(lean) * p.z() + CAN_HEIGHT / 2, Math.cos(lean) * p.z() - Math.sin(lean) * y);
    }

    /** Ranks of cans from above; a single one breaks the pattern. */
    private Picture many() {
        Stage stage = paper(Vec.colour(0xFFC857), Vec.colour(0xFFC857));
        for (int row = -6; row <= 5; row++) {
            for (int column = -2; column <= 2; column++) {
                boolean odd = row == 0 && column == 0;
                double x = column * 0.86 + (Math.abs(row) % 2) * 0.43 - 0.2;
                can(stage, x, 0, row * 0.76, 14 * column + 9 * row, odd ? LIME : ORANGE, LEMON);
            }
        }
        return taken(stage, new Camera(Vec.of(-0.2, 5.6, 5.4), Vec.of(-0.2, 0.5, 0.05), 24, 0));
    }

    private static void can(Stage stage, double x, double y, double z, double turn, Vec base, Vec accent) {
        double cos = Math.cos(Math.toRadians(turn));
        double sin = Math.sin(Math.toRadians(turn));
        Material label = label(base, accent, p ->
                Vec.of(cos * (p.x() - x) - sin * (p.z() - z), p.y() - y, sin * (p.x() - x) + cos * (p.z() - z)));
        stage.add(Shape.lathe(CAN).moved(x, y, z), label, Vec.of(x, y + 0.61, z), 0.72);
    }

    private interface Placement {
        Vec onCan(Vec place);
    }

    /** A slice of fruit as the sign, two waves below it, bare metal at both ends. */
    private static Material label(Vec base, Vec accent, Placement placement) {
        Material.Pigment print = (px, py, pz) -> {
            Vec p = placement.onCan(Vec.of(px, py, pz));
            double around = Math.atan2(p.x(), p.z()) * 0.33;
            if (p.y() > 1.05 || p.y() < 0.09) {
                return lid(p.x(), p.z());
            }
            Vec colour = base;
            double wave = p.y() - 0.33 - 0.05 * Math.sin(around * 9.1);
            colour = colour.mix(CREAM, Noise.step(0.006, -0.002, wave));
            colour = colour.mix(accent, Noise.step(0.006, -0.002, wave + 0.07));
            colour = colour.mix(CREAM, Noise.step(0.004, -0.002, Math.abs(p.y() - 0.98) - 0.012));
            return fruit(colour, around, p.y() - 0.68, 0.20, accent);
        };
        return new Material(print, 0.07, 0.3, false);
    }

    /** Seen from above: a pressed ring, the opening, the ring pull. */
    private static Vec lid(double x, double z) {
        double pressed = Noise.step(0.012, 0.006, Math.abs(Math.hypot(x, z) - 0.205));
        double opening = Noise.step(0.008, 0.002, Math.abs(Math.hypot(x, (z + 0.10) * 1.25) - 0.075));
        double pull = Noise.step(0.01, 0.0, Math.hypot(x, Math.max(0, Math.abs(z - 0.05) - 0.05)) - 0.05);
        double hole = Noise.step(0.008, 0.0, Math.hypot(x, (z - 0.085) * 1.2) - 0.024);
        Vec steel = Vec.colour(0xC3C8CE).mix(Vec.colour(0x7F868E), Math.max(0.7 * pressed, 0.8 * opening));
        return steel.mix(Vec.colour(0xE9ECEF), pull).mix(Vec.colour(0x5F666E), pull * hole);
    }

    private static Vec fruit(Vec behind, double x, double y, double radius, Vec flesh) {
        double away = Math.hypot(x, y) / radius;
        if (away > 1.02) {
            return behind;
        }
        double angle = Math.atan2(y, x) / (2 * Math.PI) * 9;
        double seam = Math.abs(angle - Math.floor(angle) - 0.5) * 2;
        double pulp = Noise.step(0.80, 0.78, away) * Noise.step(0.10, 0.14, away)
                * Noise.step(1.0, 0.96, seam + 0.07 / Math.max(0.1, away) * 0.9);
        Vec inner = away > 0.90 ? flesh : CREAM;
        return behind.mix(inner.mix(flesh, pulp), Noise.step(1.01, 0.99, away));
    }

    /** A cut of fruit, thin and round, leaned back from lying flat and then turned in the picture plane. */
    private static void slice(Stage stage, double x, double y, double z, double lean, double tip, Vec flesh) {
        double radius = 0.31;
        double l = Math.toRadians(lean);
        double t = Math.toRadians(tip);
        Material cut = new Material(
                (px, py, pz) -> {
                    double sx = Math.cos(t) * (px - x) + Math.sin(t) * (py - y);
                    double sy = Math.cos(t) * (py - y) - Math.sin(t) * (px - x);
                    double sz = Math.cos(l) * (pz - z) - Math.sin(l) * sy;
                    double grain = 0.88 + 0.24 * Noise.smooth(Math.atan2(sz, sx) * 26, Math.hypot(sx, sz) * 16, 5);
                    return fruit(flesh, sx, sz, radius, flesh.times(grain));
                },
                0.05,
                0.3,
                false);
        Shape disc = Shape.drum(radius, 0.09, 0.03).moved(0, -0.045, 0).leaned(lean).tipped(tip).moved(x, y, z);
        stage.add(disc, cut, Vec.of(x, y, z), radius + 0.06);
    }

    private static void berry(Stage stage, double x, double y, double z, double radius) {
        stage.add(
                Shape.sphere(radius).moved(x, y, z),
                Material.glazed(Vec.colour(0xFFE08A), 0.2),
                Vec.of(x, y, z),
                radius + 0.02);
    }

    private static void podium(Stage stage, double x, double z, double radius, double height, Vec colour) {
        Shape drum = Shape.drum(radius, height, 0.03).moved(x, 0, z);
        stage.add(drum, Material.glazed(colour, 0.7), Vec.of(x, height / 2, z), Math.hypot(radius, height / 2) + 0.02);
    }

    /** A paper disc with a foot: the sun behind the product. */
    private static void arch(Stage stage, double x, double z, double radius, Vec colour) {
        double middle = 1.35;
        Shape slab = (px, py, pz) -> {
            double side = Math.abs(px - x);
            double flat = py > middle ? Math.hypot(side, py - middle) - radius : side - radius;
            return Math.max(flat, Math.abs(pz - z) - 0.09);
        };
        stage.add(slab, Material.matt(colour), Vec.of(x, 1.1, z), radius + 1.4);
    }

    private static Stage paper(Vec floor, Vec wall) {
        Vec sun = Vec.of(-0.55, 0.85, 0.75);
        Stage stage = new Stage(sun, Vec.colour(0xFFF2DF).times(1.05), 0.05, Short::studio);
        Shape sweep = (x, y, z) -> {
            double bend = 1.2;
            double back = z + 2.6;
            if (y > bend || back > bend) {
                return Math.min(y, back);
            }
            return bend - Math.hypot(bend - y, bend - back);
        };
        return stage.add(sweep, Material.matt(wall));
    }

    private static Vec studio(Vec d, boolean mirrored) {
        Vec base = Vec.colour(0xF4F1FF).times(0.62);
        if (!mirrored) {
            return base;
        }
        double left = Noise.step(-0.5, -0.6, d.x()) * Noise.step(-0.2, -0.1, d.y()) * Noise.step(0.9, 0.8, d.y());
        double right = Noise.step(0.72, 0.8, d.x()) * Noise.step(-0.2, -0.1, d.y());
        return base.plus(Vec.of(1, 1, 1).times(3.4 * left + 1.8 * right));
    }

    private Picture taken(Stage stage, Camera camera) {
        return new Tracer(stage, camera).picture(width, height, rays);
    }
}
