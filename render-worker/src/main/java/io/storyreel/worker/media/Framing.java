package io.storyreel.worker.media;

/**
 * Brings a picture of any shape onto a canvas without stretching it. Near shapes are cropped; others stand whole before
 * a blurred, darkened enlargement of themselves, which fills what would be bars.
 */
final class Framing {

    /** Photos of 4:3 on a canvas of 16:9 lie just on the cropping side: a quarter of their height goes. */
    private static final double LEAST_KEPT = 0.74;

    private static final String COLOURS =
            "flags=lanczos+accurate_rnd+full_chroma_int:out_color_matrix=bt709:out_range=tv";

    /** The backdrop is made this much smaller and enlarged again: blur for nothing. */
    private static final int BACKDROP_SHRINK = 16;

    private Framing() {}

    /**
     * @param label unique in the graph
     * @param inputMatrix the picture's colour matrix, or {@code auto}
     * @return filters from one input pad to one output pad
     */
    static String onto(Canvas canvas, int width, int height, String label, String inputMatrix) {
        double aspect = (double) width / height;
        double kept = Math.min(aspect, canvas.aspect()) / Math.max(aspect, canvas.aspect());
        var colours = COLOURS + ":in_color_matrix=" + inputMatrix;
        return (kept >= LEAST_KEPT ? cropped(canvas, colours) : backed(canvas, label, colours)) + ",setsar=1";
    }

    private static String cropped(Canvas canvas, String colours) {
        return "scale=%1$d:%2$d:force_original_aspect_ratio=increase:%3$s,format=yuv420p,crop=%1$d:%2$d"
                .formatted(canvas.width(), canvas.height(), colours);
    }

    private static String backed(Canvas canvas, String label, String colours) {
        var small = canvas.times(1.0 / BACKDROP_SHRINK);
        return ("split[%1$sa][%1$sb];"
                        + "[%1$sa]scale=%4$d:%5$d:force_original_aspect_ratio=increase:%6$s,format=yuv420p,"
                        + "crop=%4$d:%5$d,gblur=sigma=2.5,lutyuv=y='16+(val-16)*0.6',scale=%2$d:%3$d:flags=bicubic,"
                        + "setsar=1[%1$sc];"
                        + "[%1$sb]scale=%2$d:%3$d:force_original_aspect_ratio=decrease:force_divisible_by=2:%6$s,"
                        + "format=yuv420p,setsar=1[%1$sd];"
                        + "[%1$sc][%1$sd]overlay=x=(W-w)/2:y=(H-h)/2:format=yuv420")
                .formatted(label, canvas.width(), canvas.height(), small.width(), small.height(), colours);
    }
}
