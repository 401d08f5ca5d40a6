package artwork;

/** Three numbers: a point or direction in decimetres, or a colour in linear light. */
record Vec(double x, double y, double z) {

    static final Vec BLACK = new Vec(0, 0, 0);

    static Vec of(double x, double y, double z) {
        return new Vec(x, y, z);
    }

    /** A colour as designers write it (sRGB, 0xRRGGBB), in linear light. */
    static Vec colour(int rgb) {
        return new Vec(linear(rgb >> 16 & 255), linear(rgb >> 8 & 255), linear(rgb & 255));
    }

    private static double linear(int channel) {
        double value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    Vec plus(Vec o) {
        return new Vec(x + o.x, y + o.y, z + o.z);
    }

    Vec minus(Vec o) {
        return new Vec(x - o.x, y - o.y, z - o.z);
    }

    Vec times(double k) {
        return new Vec(x * k, y * k, z * k);
    }

    Vec times(Vec o) {
        return new Vec(x * o.x, y * o.y, z * o.z);
    }

    /** This at 0, the other at 1. */
    Vec mix(Vec o, double share) {
        return new Vec(x + (o.x - x) * share, y + (o.y - y) * share, z + (o.z - z) * share);
    }

    double dot(Vec o) {
        return x * o.x + y * o.y + z * o.z;
    }

    Vec cross(Vec o) {
        return new Vec(y * o.z - z * o.y, z * o.x - x * o.z, x * o.y - y * o.x);
    }

    double length() {
        return Math.sqrt(dot(this));
    }

    Vec unit() {
        return times(1 / length());
    }

    Vec mirroredAt(Vec normal) {
        return minus(normal.times(2 * dot(normal)));
    }

    double luminance() {
        return 0.2126 * x + 0.7152 * y + 0.0722 * z;
    }
}
