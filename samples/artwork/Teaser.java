package artwork;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The six pictures of the product teaser: a pour-over set in morning light. */
final class Teaser {

    private static final Vec SUN = Vec.colour(0xFFE0BA).times(2.7);
    private static final Vec PLASTER = Vec.colour(0xCDBBA5);

    private final int width;
    private final int height;
    private final int rays;

    Teaser(int height, int rays) {
        this.width = height * 16 / 9;
        this.height = height;
        this.rays = rays;
    }

    private interface Shot {
        Picture take();
    }

    void saveInto(Path folder, String only) throws IOException {
        Map<String, Shot> shots = new TreeMap<>(Map.of(
                "1-morning", this::morning,
                "2-set", this::set,
                "3-ribs", this::ribs,
                "4-pour", this::pour,
                "5-glazes", this::glazes,
                "6-cup", this::cup));
        for (Map.Entry<String, Shot> shot : shots.entrySet()) {
            if (shot.getKey().contains(only)) {
                Picture picture = shot.getValue().take().bloomed(0.9, 0.25).vignetted(0.3);
                picture.saveJpeg(folder.resolve(shot.getKey() + ".jpg"), 0.008);
            }
        }
    }

    /** The empty cup waits in the first light; the set is only a promise in the background. */
    private Picture morning() {
        Stage stage = kitchen(CoffeeSet::oak, PLASTER);
        CoffeeSet.cup(stage, 0.75, 0.2, -28, CoffeeSet.SAND);
        CoffeeSet.server(stage, -0.75, -1.5, 160, CoffeeSet.SAND);
        CoffeeSet.dripper(stage, -0.75, 1.22, -1.5, 160, CoffeeSet.SAND);
        CoffeeSet.beans(stage, -0.55, 0.55, 16, 0.3, 3);
        return taken(stage, new Camera(Vec.of(0.0, 1.35, 5.2), Vec.of(0.12, 0.62, 0.2), 24, 0.07));
    }

    private Picture set() {
        Stage stage = kitchen(CoffeeSet::oak, PLASTER);
        wholeSet(stage);
        return taken(stage, new Camera(Vec.of(0.3, 1.7, 6.4), Vec.of(0.02, 0.92, 0), 26.5, 0.02));
    }

    private void wholeSet(Stage stage) {
        CoffeeSet.server(stage, 0, 0, -20, CoffeeSet.SAND);
        CoffeeSet.dripper(stage, 0, 1.22, 0, -20, CoffeeSet.SAND);
        CoffeeSet.cup(stage, 1.35, 0.55, -30, CoffeeSet.SAND);
        CoffeeSet.kettle(stage, -1.6, 0, -0.35, -12, 0);
        CoffeeSet.beans(stage, -0.75, 1.05, 18, 0.22, 8);
    }

    /** Straight into the cone, where the ribs wind. */
    private Picture ribs() {
        Stage stage = kitchen(CoffeeSet::oak, PLASTER);
        CoffeeSet.server(stage, 0, 0, 35, CoffeeSet.SAND);
        CoffeeSet.dripper(stage, 0, 1.22, 0, 35, CoffeeSet.SAND);
        return taken(stage, new Camera(Vec.of(-0.75, 3.9, 1.75), Vec.of(0.06, 1.72, 0.02), 25, 0.035));
    }

    private Picture pour() {
        Stage stage = kitchen(CoffeeSet::walnut, Vec.colour(0x6F6A5C));
        CoffeeSet.server(stage, 0.35, 0, -25, CoffeeSet.SAND);
        CoffeeSet.dripper(stage, 0.35, 1.22, 0, -25, CoffeeSet.SAND);
        CoffeeSet.grounds(stage, 0.35, 1.22, 0);
        CoffeeSet.kettle(stage, -1.42, 2.02, 0, 0, -24);
        CoffeeSet.water(stage, 0.37, 2.38, 1.5, 0);
        return taken(stage, new Camera(Vec.of(0.2, 4.1, 4.4), Vec.of(-0.1, 1.9, 0), 27, 0.035));
    }

    private Picture glazes() {
        Stage stage = kitchen(CoffeeSet::oak, Vec.colour(0xB9A48C));
        CoffeeSet.cup(stage, -1.1, 0.0, -150, CoffeeSet.SAND);
        CoffeeSet.cup(stage, 0.0, 0.3, -35, CoffeeSet.SAGE);
        CoffeeSet.cup(stage, 1.1, 0.0, -30, CoffeeSet.INK);
        return taken(stage, new Camera(Vec.of(0, 1.55, 5.2), Vec.of(0.05, 0.47, 0.1), 24.5, 0.018));
    }

    private Picture cup() {
        Stage stage = kitchen(CoffeeSet::walnut, Vec.colour(0x7A6B58));
        CoffeeSet.cup(stage, 0.15, 0, -22, CoffeeSet.SAND);
        CoffeeSet.coffee(stage, 0.15, 0, 0.76);
        CoffeeSet.beans(stage, -0.95, 0.35, 30, 0.34, 5);
        CoffeeSet.server(stage, -0.9, -1.7, 200, CoffeeSet.SAND);
        CoffeeSet.dripper(stage, -0.9, 1.22, -1.7, 200, CoffeeSet.SAND);
        Picture picture = taken(stage, new Camera(Vec.of(0.0, 2.1, 3.9), Vec.of(0.0, 0.55, 0), 22, 0.045));
        return picture.retouched(this::steam);
    }

    /** Two strands that twist and thin out as they rise. */
    private Vec steam(Vec colour, double x, double y) {
        double rise = (0.36 - y) / 0.42;
        if (rise < 0 || rise > 1) {
            return colour;
        }
        double warp = 0.09 * (Noise.cloudy(x * 3, y * 4 + 5, 4, 71) - 0.5) * (0.4 + 1.5 * rise);
        double centre = 0.97 + warp + 0.03 * Math.sin(rise * 6);
        double width = 0.03 + 0.08 * rise;
        double body = Math.exp(-Math.pow((x - centre) / width, 2));
        double wisps = Noise.ridged(x * 7 + warp * 30, y * 3.2, 4, 77);
        double density = body * wisps * Noise.step(0, 0.15, rise) * Noise.step(1, 0.35, rise);
        return colour.mix(Vec.colour(0xFFF4E4), Math.min(0.6, density * 0.9));
    }

    private Picture taken(Stage stage, Camera camera) {
        return new Tracer(stage, camera).picture(width, height, rays);
    }

    private static Stage kitchen(Material.Pigment table, Vec wall) {
        Vec towardsSun = Vec.of(-0.78, 0.62, 0.42);
        Stage stage = new Stage(towardsSun, SUN, 0.02, Teaser::room);
        stage.shadedBy(place -> window(place, towardsSun.unit()));
        stage.add(Shape.ground(), new Material(table, 0.03, 0.5, false));
        Material plaster = Material.matt(wall);
        return stage.add(Shape.wall().moved(0, 0, -2.9), plaster);
    }

    /** A pale room, with a wide window on the left that glazes and copper pick up. */
    private static Vec room(Vec d, boolean mirrored) {
        Vec base = Vec.colour(0x8E97A6).mix(Vec.colour(0xD8D6D2), Noise.step(-0.2, 0.9, d.y())).times(0.72);
        if (!mirrored) {
            return base;
        }
        double pane = Noise.step(-0.45, -0.6, d.x()) * Noise.step(0.05, 0.15, d.y()) * Noise.step(0.85, 0.75, d.y());
        double strip = Noise.step(0.72, 0.8, d.x()) * Noise.step(0.0, 0.1, d.y()) * Noise.step(0.6, 0.5, d.y());
        return base.plus(Vec.colour(0xFFF1DC).times(1.9 * pane + 0.7 * strip));
    }

    /** Sunlight after a window with bars and the leaves in front of it, seen along the sun's rays. */
    private static double window(Vec place, Vec sun) {
        Vec side = sun.cross(Vec.of(0, 1, 0)).unit();
        Vec up = side.cross(sun);
        double u = place.dot(side) + 0.35;
        double v = place.dot(up) - 0.2;
        double outer = Noise.step(2.3, 2.2, Math.abs(u)) * Noise.step(1.75, 1.65, Math.abs(v - 0.6));
        double bars = Noise.step(0.05, 0.11, Math.abs(u - 0.55)) * Noise.step(0.05, 0.11, Math.abs(v - 0.95));
        double leaves = Noise.cloudy(u * 2.1 + 3, v * 2.1, 3, 41);
        return outer * bars * (0.08 + 0.92 * Noise.step(0.60, 0.52, leaves));
    }
}
