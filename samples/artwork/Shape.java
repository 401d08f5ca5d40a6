package artwork;

import java.util.List;

/** A solid as a signed distance field: how far a point is from the surface, negative inside; never too far. */
interface Shape {

    double distance(double x, double y, double z);

    static Shape sphere(double radius) {
        return (x, y, z) -> Math.sqrt(x * x + y * y + z * z) - radius;
    }

    /** Everything below height 0. */
    static Shape ground() {
        return (x, y, z) -> y;
    }

    /** Everything behind the plane z = 0. */
    static Shape wall() {
        return (x, y, z) -> z;
    }

    /** Centred box with half sizes and rounded edges. */
    static Shape box(double halfX, double halfY, double halfZ, double rounding) {
        return (x, y, z) -> {
            double qx = Math.abs(x) - halfX + rounding;
            double qy = Math.abs(y) - halfY + rounding;
            double qz = Math.abs(z) - halfZ + rounding;
            double ox = Math.max(qx, 0);
            double oy = Math.max(qy, 0);
            double oz = Math.max(qz, 0);
            double inside = Math.min(0, Math.max(qx, Math.max(qy, qz)));
            return Math.sqrt(ox * ox + oy * oy + oz * oz) + inside - rounding;
        };
    }

    /** Upright cylinder standing on height 0, with rounded edges. */
    static Shape drum(double radius, double height, double rounding) {
        return (x, y, z) -> {
            double qr = Math.sqrt(x * x + z * z) - radius + rounding;
            double qy = Math.abs(y - height / 2) - height / 2 + rounding;
            double or = Math.max(qr, 0);
            double oy = Math.max(qy, 0);
            return Math.sqrt(or * or + oy * oy) + Math.min(0, Math.max(qr, qy)) - rounding;
        };
    }

    /** A profile turned on the potter's wheel: its x is the distance from the upright axis. */
    static Shape lathe(Profile profile) {
        return (x, y, z) -> profile.distance(Math.sqrt(x * x + z * z), y);
    }

    /** A round rod bent along a flat curve in the plane z = 0. */
    static Shape tube(Profile curve, double radius) {
        return (x, y, z) -> {
            double flat = curve.distance(x, y);
            return Math.sqrt(flat * flat + z * z) - radius;
        };
    }

    static Shape union(Shape... shapes) {
        List<Shape> parts = List.of(shapes);
        return (x, y, z) -> {
            double nearest = Double.MAX_VALUE;
            for (Shape part : parts) {
                nearest = Math.min(nearest, part.distance(x, y, z));
            }
            return nearest;
        };
    }

    default Shape moved(double dx, double dy, double dz) {
        return (x, y, z) -> distance(x - dx, y - dy, z - dz);
    }

    /** Turned about the upright axis. */
    default Shape turned(double degrees) {
        double cos = Math.cos(Math.toRadians(degrees));
        double sin = Math.sin(Math.toRadians(degrees));
        return (x, y, z) -> distance(cos * x - sin * z, y, sin * x + cos * z);
    }

    /** Tipped in the picture plane (about the z axis), counter-clockwise. */
    default Shape tipped(double degrees) {
        double cos = Math.cos(Math.toRadians(degrees));
        double sin = Math.sin(Math.toRadians(degrees));
        return (x, y, z) -> distance(cos * x + sin * y, cos * y - sin * x, z);
    }

    /** Leaned towards the viewer (about the x axis). */
    default Shape leaned(double degrees) {
        double cos = Math.cos(Math.toRadians(degrees));
        double sin = Math.sin(Math.toRadians(degrees));
        return (x, y, z) -> distance(x, cos * y + sin * z, cos * z - sin * y);
    }
}
