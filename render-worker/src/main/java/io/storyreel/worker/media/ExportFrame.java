package io.storyreel.worker.media;

import java.util.List;

/**
 * How a picture is brought into the box of an export: never stretched, never with bars.
 *
 * @param scaled the whole picture at its new size; covers the canvas
 * @param canvas what is shown of it, from the middle
 */
record ExportFrame(Canvas scaled, Canvas canvas) {

    /** What may be cut off so that the file has exactly the size asked for: 854 x 480 is not quite 16:9. */
    private static final double MOST_CUT = 0.01;

    /**
     * A portrait picture swaps the box. Of a picture of another shape than the box the box is cropped and not the
     * picture, so that nothing of it is lost: a square one is as wide as the box's short side.
     *
     * @param width of the picture in pixels, as is {@code height}
     * @param boxWidth of landscape videos in pixels, as is {@code boxHeight}
     */
    static ExportFrame of(int width, int height, int boxWidth, int boxHeight) {
        boolean swap = (width < height) != (boxWidth < boxHeight) && width != height;
        int across = swap ? boxHeight : boxWidth;
        int down = swap ? boxWidth : boxHeight;
        double fit = Math.min((double) across / width, (double) down / height);
        double cover = Math.max((double) across / width, (double) down / height);
        Canvas canvas = cover <= fit * (1 + MOST_CUT)
                ? new Canvas(across, down)
                : new Canvas(even(width * fit), even(height * fit));
        double factor = Math.max((double) canvas.width() / width, (double) canvas.height() / height);
        return new ExportFrame(covering(canvas, width * factor, height * factor), canvas);
    }

    /** Cropping needs a picture no smaller than what is cut out. */
    private static Canvas covering(Canvas canvas, double width, double height) {
        return new Canvas(Math.max(canvas.width(), even(width)), Math.max(canvas.height(), even(height)));
    }

    String filters() {
        return String.join(
                ",",
                List.of(
                        "scale=" + scaled.width() + ":" + scaled.height() + ":flags=bicubic",
                        "crop=" + canvas.width() + ":" + canvas.height(),
                        "setsar=1"));
    }

    private static int even(double pixels) {
        return Math.max(2, 2 * (int) Math.round(pixels / 2));
    }
}
