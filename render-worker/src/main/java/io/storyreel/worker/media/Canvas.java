package io.storyreel.worker.media;

/**
 * The picture's size in pixels; both even, as 4:2:0 needs it.
 */
public record Canvas(int width, int height) {

    public Canvas {
        if (width < 2 || height < 2 || width % 2 != 0 || height % 2 != 0) {
            throw new IllegalArgumentException("width and height must be even, not " + width + "x" + height);
        }
    }

    double aspect() {
        return (double) width / height;
    }

    Canvas times(double factor) {
        return new Canvas(even(width * factor), even(height * factor));
    }

    private static int even(double pixels) {
        return Math.max(2, 2 * (int) Math.round(pixels / 2));
    }
}
