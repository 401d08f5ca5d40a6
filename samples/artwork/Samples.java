package artwork;

/**
 * Numbers in 0..1 for one pixel, spread more evenly than chance would: each dimension walks its own irrational step, so
 * few rays already give a calm picture.
 */
final class Samples {

    private static final double[] STEPS = {
        0.7548776662, 0.5698402910, 0.8191725134, 0.6710436067, 0.5497004779, 0.8566748839, 0.7338918566,
        0.6287067210, 0.5385972572, 0.8812714616, 0.7766393890, 0.6844301295
    };

    private final int pixel;
    private int index;
    private int dimension;

    Samples(int pixel) {
        this.pixel = pixel;
    }

    void startRay(int ray) {
        index = ray;
        dimension = 0;
    }

    double next() {
        int own = dimension++;
        if (own >= STEPS.length) {
            return Noise.hash(pixel, own, index + 1);
        }
        double value = Noise.hash(pixel, own, 0) + (index + 1) * STEPS[own];
        return value - Math.floor(value);
    }
}
