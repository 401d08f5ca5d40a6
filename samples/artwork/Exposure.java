package artwork;

import java.util.stream.IntStream;

/** Collects a picture's light apart from its pigment, and takes the noise out of the light. */
final class Exposure {

    /** What one ray brought: light on the body, the body's colour, light off the coat, and where that was. */
    record Seen(Vec light, Vec pigment, Vec shine, Vec normal, double depth) {}

    private static final int ROUNDS = 4;
    private static final double[] KERNEL = {1.0 / 16, 1.0 / 4, 3.0 / 8, 1.0 / 4, 1.0 / 16};

    final int width;
    final int height;
    private final Picture pigment;
    private Picture shine;
    private final Picture normals;
    private final Picture depths;
    private Picture light;

    Exposure(int width, int height) {
        this.width = width;
        this.height = height;
        light = new Picture(width, height);
        pigment = new Picture(width, height);
        shine = new Picture(width, height);
        normals = new Picture(width, height);
        depths = new Picture(width, height);
    }

    void add(int column, int row, Seen seen, double weight) {
        accumulate(light, column, row, seen.light.times(seen.pigment).times(weight));
        accumulate(pigment, column, row, seen.pigment.times(weight));
        // One firefly from a mirrored sun would leave a blot after smoothing.
        double tamed = Math.min(1, 6 / (seen.shine.luminance() + 1e-6));
        accumulate(shine, column, row, seen.shine.times(weight * tamed));
        accumulate(normals, column, row, seen.normal.times(weight));
        double far = Math.log(seen.depth);
        accumulate(depths, column, row, Vec.of(far, far * far, 0).times(weight));
    }

    private static void accumulate(Picture picture, int column, int row, Vec value) {
        picture.set(column, row, picture.get(column, row).plus(value));
    }

    Picture developed() {
        light.retouched((colour, x, y) -> divided(colour, at(pigment, x, y)));
        for (int round = 0; round < ROUNDS; round++) {
            light = smoothed(light, 1 << round, 1.3 / (1 + round));
        }
        shine = smoothed(smoothed(shine, 1, 0.8), 2, 0.5);
        Picture whole = light.retouched((colour, x, y) -> colour.times(at(pigment, x, y)).plus(at(shine, x, y)));
        for (int round = 0; round < 3; round++) {
            whole = calmed(whole, 1 << round);
        }
        return whole;
    }

    private Vec at(Picture picture, double x, double y) {
        return picture.get((int) (x * height), (int) (y * height));
    }

    private static Vec divided(Vec colour, Vec by) {
        double least = 1e-4;
        return Vec.of(
                colour.x() / Math.max(least, by.x()),
                colour.y() / Math.max(least, by.y()),
                colour.z() / Math.max(least, by.z()));
    }

    /** One round of an edge-avoiding wavelet (Dammertz and others, 2010): wide gaps, but never across an edge. */
    private Picture smoothed(Picture source, int gap, double tolerance) {
        return filtered(source, gap, (column, row, x, y) -> {
            Vec turn = normals.get(x, y).minus(normals.get(column, row));
            double blur = Math.min(blur(column, row), blur(x, y));
            double depthGap = Math.abs(depths.get(x, y).x() - depths.get(column, row).x()) / (0.015 * gap + blur);
            double lightGap = Math.abs(brightness(source, x, y) - brightness(source, column, row)) / tolerance;
            return Math.exp(-turn.dot(turn) / (0.03 + 4 * blur) - depthGap - lightGap);
        });
    }

    /** Out of focus, single rays bring different bodies: there, and only there, neighbours are averaged. */
    private Picture calmed(Picture source, int gap) {
        return filtered(source, gap, (column, row, x, y) -> x == column && y == row
                ? 1
                : Math.min(1, 25 * Math.sqrt(blur(column, row) * blur(x, y))) * (gap == 1 ? 1 : 0.7));
    }

    /** How far apart, in log depth, the rays of a pixel ended. */
    private double blur(int column, int row) {
        Vec depth = depths.get(column, row);
        return Math.sqrt(Math.max(0, depth.y() - depth.x() * depth.x()));
    }

    private static double brightness(Picture picture, int column, int row) {
        return Math.log(0.03 + picture.get(column, row).luminance());
    }

    private interface Likeness {
        double of(int column, int row, int otherColumn, int otherRow);
    }

    private Picture filtered(Picture source, int gap, Likeness likeness) {
        Picture target = new Picture(width, height);
        IntStream.range(0, height).parallel().forEach(row -> {
            for (int column = 0; column < width; column++) {
                target.set(column, row, filteredAt(source, column, row, gap, likeness));
            }
        });
        return target;
    }

    private Vec filteredAt(Picture source, int column, int row, int gap, Likeness likeness) {
        Vec sum = Vec.BLACK;
        double total = 0;
        for (int dy = -2; dy <= 2; dy++) {
            int y = row + dy * gap;
            for (int dx = -2; dx <= 2; dx++) {
                int x = column + dx * gap;
                if (x >= 0 && y >= 0 && x < width && y < height) {
                    double weight = KERNEL[dx + 2] * KERNEL[dy + 2] * likeness.of(column, row, x, y);
                    sum = sum.plus(source.get(x, y).times(weight));
                    total += weight;
                }
            }
        }
        return sum.times(1 / total);
    }
}
