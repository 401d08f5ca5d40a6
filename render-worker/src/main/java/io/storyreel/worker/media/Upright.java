package io.storyreel.worker.media;

/** Gives a picture the orientation its camera had, and a white ground where it is transparent. */
final class Upright {

    private Upright() {}

    /**
     * @param label unique in the graph
     * @return filters from one input pad to one output pad, each followed by a comma; maybe none
     */
    static String filters(Picture picture, String label) {
        if (picture.format() != PictureFormat.JPEG) {
            return ("format=rgba[%1$sp];color=c=white:s=%2$dx%3$d:r=25:d=0.04,format=rgb24[%1$sw];"
                            + "[%1$sw][%1$sp]overlay=format=rgb,")
                    .formatted(label, picture.width(), picture.height());
        }
        return switch (picture.orientation()) {
            case 2 -> "hflip,";
            case 3 -> "hflip,vflip,";
            case 4 -> "vflip,";
            case 5 -> "transpose=cclock_flip,";
            case 6 -> "transpose=clock,";
            case 7 -> "transpose=clock_flip,";
            case 8 -> "transpose=cclock,";
            default -> "";
        };
    }
}
