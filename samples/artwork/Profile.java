package artwork;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Distances to a flat curve, worked out once into a table: a ray asks for them a hundred times, and a smooth curve has
 * hundreds of pieces.
 */
final class Profile {

    private static final int CELLS = 640;
    private static final double MARGIN = 0.12;
    private static final int PIECES_PER_SPAN = 24;

    private final double left;
    private final double bottom;
    private final double cell;
    private final int columns;
    private final int rows;
    private final float[] table;

    private Profile(List<double[]> curve, boolean filled, double thickness) {
        double minX = curve.stream().mapToDouble(p -> p[0]).min().orElseThrow();
        double maxX = curve.stream().mapToDouble(p -> p[0]).max().orElseThrow();
        double minY = curve.stream().mapToDouble(p -> p[1]).min().orElseThrow();
        double maxY = curve.stream().mapToDouble(p -> p[1]).max().orElseThrow();
        double border = MARGIN + thickness;
        left = minX - border;
        bottom = minY - border;
        cell = (Math.max(maxX - minX, maxY - minY) + 2 * border) / CELLS;
        columns = (int) Math.ceil((maxX - minX + 2 * border) / cell) + 1;
        rows = (int) Math.ceil((maxY - minY + 2 * border) / cell) + 1;
        table = new float[columns * rows];
        IntStream.range(0, rows).parallel().forEach(row -> {
            for (int column = 0; column < columns; column++) {
                double x = left + column * cell;
                double y = bottom + row * cell;
                double away = distanceToCurve(curve, x, y);
                boolean inside = filled && contains(curve, Math.abs(x), y);
                table[row * columns + column] = (float) (inside ? -away : away - thickness);
            }
        });
    }

    /** A wall of even thickness along a smooth curve through the points (x1, y1, x2, y2, …). */
    static Profile shell(double thickness, double... points) {
        return new Profile(smoothed(points), false, thickness / 2);
    }

    /** The bare curve, for tubes. */
    static Profile curve(double... points) {
        return new Profile(smoothed(points), false, 0);
    }

    /** A solid between a smooth outline, which starts and ends at the axis, and that axis. */
    static Profile solid(double... points) {
        return new Profile(smoothed(points), true, 0);
    }

    double distance(double x, double y) {
        double column = (x - left) / cell;
        double row = (y - bottom) / cell;
        double inColumn = Math.max(0, Math.min(columns - 1.001, column));
        double inRow = Math.max(0, Math.min(rows - 1.001, row));
        double outside = (Math.abs(column - inColumn) + Math.abs(row - inRow)) * cell;
        int at = (int) inRow * columns + (int) inColumn;
        double u = inColumn - (int) inColumn;
        double v = inRow - (int) inRow;
        double lower = table[at] + (table[at + 1] - table[at]) * u;
        double upper = table[at + columns] + (table[at + columns + 1] - table[at + columns]) * u;
        // The curve keeps MARGIN from the table's edge, so this never claims more room than there is.
        return outside > 0 ? outside * 0.7 + MARGIN * 0.7 : lower + (upper - lower) * v;
    }

    /** Catmull-Rom through the points; a point given twice makes a corner. */
    private static List<double[]> smoothed(double... points) {
        int count = points.length / 2;
        List<double[]> curve = new ArrayList<>();
        for (int i = 0; i < count - 1; i++) {
            int before = Math.max(0, i - 1);
            int after = Math.min(count - 1, i + 2);
            for (int piece = 0; piece < PIECES_PER_SPAN; piece++) {
                double t = piece / (double) PIECES_PER_SPAN;
                curve.add(new double[] {
                    spline(points[2 * before], points[2 * i], points[2 * i + 2], points[2 * after], t),
                    spline(points[2 * before + 1], points[2 * i + 1], points[2 * i + 3], points[2 * after + 1], t)
                });
            }
        }
        curve.add(new double[] {points[2 * count - 2], points[2 * count - 1]});
        return curve;
    }

    private static double spline(double a, double b, double c, double d, double t) {
        return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
    }

    private static double distanceToCurve(List<double[]> curve, double x, double y) {
        double nearest = Double.MAX_VALUE;
        for (int i = 1; i < curve.size(); i++) {
            double[] from = curve.get(i - 1);
            double[] to = curve.get(i);
            double dx = to[0] - from[0];
            double dy = to[1] - from[1];
            double length = dx * dx + dy * dy + 1e-12;
            double share = Math.max(0, Math.min(1, ((x - from[0]) * dx + (y - from[1]) * dy) / length));
            double ox = x - from[0] - dx * share;
            double oy = y - from[1] - dy * share;
            nearest = Math.min(nearest, ox * ox + oy * oy);
        }
        return Math.sqrt(nearest);
    }

    /** Crossing count; the axis closes the outline. */
    private static boolean contains(List<double[]> outline, double x, double y) {
        boolean inside = false;
        for (int i = 0, j = outline.size() - 1; i < outline.size(); j = i++) {
            double[] a = outline.get(i);
            double[] b = outline.get(j);
            if (a[1] > y != b[1] > y && x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]) {
                inside = !inside;
            }
        }
        return inside;
    }
}
