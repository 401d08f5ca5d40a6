package artwork;

import java.util.stream.IntStream;

/** Follows light backwards from the lens: sun, sky, what bodies lend each other, highlights on glazes and metals. */
final class Tracer {

    private static final double FAR = 40;
    private static final int MOST_STEPS = 140;
    private static final int BOUNCES = 1;
    private static final double FINE = 0.0002;
    private static final double COARSE = 0.0008;

    private final Stage stage;
    private final Camera camera;

    Tracer(Stage stage, Camera camera) {
        this.stage = stage;
        this.camera = camera;
    }

    /** @param rays per pixel; a quick look needs 4, a clean picture 24 or more */
    Picture picture(int width, int height, int rays) {
        Exposure exposure = new Exposure(width, height);
        IntStream.range(0, height).parallel().forEach(row -> {
            for (int column = 0; column < width; column++) {
                expose(exposure, column, row, rays);
            }
        });
        return exposure.developed();
    }

    private void expose(Exposure exposure, int column, int row, int rays) {
        Samples samples = new Samples(row * exposure.width + column);
        for (int ray = 0; ray < rays; ray++) {
            samples.startRay(ray);
            double x = (column + samples.next() - exposure.width / 2.0) / exposure.height;
            double y = 0.5 - (row + samples.next()) / exposure.height;
            Camera.Ray sight = camera.ray(x, y, samples.next(), samples.next());
            exposure.add(column, row, seen(sight, samples), 1.0 / rays);
        }
    }

    /** What the lens sees, taken apart so that noise can be smoothed without smoothing the pigment. */
    private Exposure.Seen seen(Camera.Ray sight, Samples samples) {
        Vec place = hit(sight.from(), sight.direction(), 0.01, FINE);
        if (place == null) {
            return new Exposure.Seen(Vec.BLACK, Vec.BLACK, stage.sky.from(sight.direction(), false), Vec.BLACK, FAR);
        }
        Material material = stage.bodyAt(place).material();
        Vec normal = normal(place);
        Vec pigment = material.pigment().at(place.x(), place.y(), place.z());
        double depth = place.minus(sight.from()).length();
        if (material.metal()) {
            Vec mirrored = reflection(place, sight.direction(), normal, material, samples, 0);
            return new Exposure.Seen(Vec.BLACK, pigment, mirrored.times(pigment), normal, depth);
        }
        Vec light = bodyLight(place, normal, samples, 0);
        double coat = fresnel(material.gloss(), -sight.direction().dot(normal));
        // A faint coat is followed by some rays only, each counting for the others.
        double chance = Math.min(1, 4 * coat + 0.2);
        Vec shine = coat < 0.004 || samples.next() > chance
                ? Vec.BLACK
                : reflection(place, sight.direction(), normal, material, samples, 0).times(coat / chance);
        return new Exposure.Seen(light.times(1 - coat), pigment, shine, normal, depth);
    }

    private Vec radiance(Vec from, Vec direction, Samples samples, int bounce, boolean mirrored) {
        Vec place = hit(from, direction, 0.004, COARSE);
        if (place == null) {
            return stage.sky.from(direction, mirrored);
        }
        Material material = stage.bodyAt(place).material();
        Vec normal = normal(place);
        Vec pigment = material.pigment().at(place.x(), place.y(), place.z());
        if (material.metal() && bounce <= BOUNCES) {
            return reflection(place, direction, normal, material, samples, bounce).times(pigment);
        }
        return bodyLight(place, normal, samples, bounce).times(pigment);
    }

    /** Sun and sky and neighbours, as a white body would return them. */
    private Vec bodyLight(Vec place, Vec normal, Samples samples, int bounce) {
        Vec sun = sunAt(place, normal, samples);
        Vec direction = towardsHemisphere(normal, samples.next(), samples.next());
        if (bounce >= BOUNCES) {
            return sun.plus(stage.sky.from(direction, false).times(0.45));
        }
        return sun.plus(radiance(place.plus(normal.times(0.002)), direction, samples, bounce + 1, false));
    }

    private Vec sunAt(Vec place, Vec normal, Samples samples) {
        Vec towards = stage.towardsSun.plus(inBall(samples).times(stage.sunWidth)).unit();
        double slant = towards.dot(normal);
        if (slant <= 0) {
            return Vec.BLACK;
        }
        double passing = stage.sunPassing(place);
        if (passing < 0.003 || hit(place.plus(normal.times(0.003)), towards, 0.004, COARSE) != null) {
            return Vec.BLACK;
        }
        return stage.sunlight.times(slant * passing);
    }

    private Vec reflection(Vec place, Vec direction, Vec normal, Material material, Samples samples, int bounce) {
        Vec spread = inBall(samples).times(material.roughness() * material.roughness());
        Vec mirrored = direction.mirroredAt(normal).plus(spread).unit();
        if (mirrored.dot(normal) < 0.02) {
            mirrored = mirrored.plus(normal.times(0.04 - mirrored.dot(normal))).unit();
        }
        return radiance(place.plus(normal.times(0.003)), mirrored, samples, bounce + 1, true);
    }

    private Vec hit(Vec from, Vec direction, double start, double precision) {
        double travelled = start;
        for (int step = 0; step < MOST_STEPS && travelled < FAR; step++) {
            double x = from.x() + direction.x() * travelled;
            double y = from.y() + direction.y() * travelled;
            double z = from.z() + direction.z() * travelled;
            double room = stage.distance(x, y, z);
            if (room < precision * (1 + travelled)) {
                return new Vec(x, y, z);
            }
            travelled += room * 0.95;
        }
        return null;
    }

    private Vec normal(Vec p) {
        double e = 0.004;
        double a = stage.distance(p.x() + e, p.y() - e, p.z() - e);
        double b = stage.distance(p.x() - e, p.y() - e, p.z() + e);
        double c = stage.distance(p.x() - e, p.y() + e, p.z() - e);
        double d = stage.distance(p.x() + e, p.y() + e, p.z() + e);
        return Vec.of(a - b - c + d, c + d - a - b, b + d - a - c).unit();
    }

    private static Vec towardsHemisphere(Vec normal, double u, double v) {
        double height = 1 - 2 * u;
        double radius = Math.sqrt(Math.max(0, 1 - height * height));
        double angle = 2 * Math.PI * v;
        Vec onBall = Vec.of(radius * Math.cos(angle), height, radius * Math.sin(angle));
        // A point on a ball that touches the surface is spread by the cosine, which is how a matt body gathers light.
        return normal.times(1.001).plus(onBall).unit();
    }

    private static Vec inBall(Samples samples) {
        double height = 1 - 2 * samples.next();
        double angle = 2 * Math.PI * samples.next();
        double radius = Math.sqrt(Math.max(0, 1 - height * height));
        return Vec.of(radius * Math.cos(angle), height, radius * Math.sin(angle)).times(Math.cbrt(samples.next()));
    }

    /** Schlick's approximation; everything shines at a grazing angle. */
    private static double fresnel(double headOn, double cosine) {
        if (headOn == 0) {
            return 0;
        }
        double grazing = Math.pow(1 - Math.max(0, Math.min(1, cosine)), 5);
        return headOn + (1 - headOn) * grazing * 0.8;
    }
}
