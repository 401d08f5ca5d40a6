package io.storyreel.local.simulator.media;

/** Width and height in pixels, both even. */
public record Shape(int width, int height) {

    public Shape {
        if (width < 2 || height < 2 || width % 2 != 0 || height % 2 != 0) {
            throw new IllegalArgumentException(width + "x" + height + " is no shape for a video");
        }
    }

    /** Of the text {@code width:height} in pixels. */
    public static Shape pixels(String text) {
        var colon = text.indexOf(':');
        return new Shape(Integer.parseInt(text.substring(0, colon)), Integer.parseInt(text.substring(colon + 1)));
    }

    /** Of an aspect ratio such as {@code 16:9} and the length of the short side. */
    public static Shape ratio(String text, int shortSide) {
        var colon = text.indexOf(':');
        return proportioned(
                Double.parseDouble(text.substring(0, colon)), Double.parseDouble(text.substring(colon + 1)), shortSide);
    }

    /** Of an aspect ratio and an area in square pixels; sides in steps of 16, as picture models have them. */
    public static Shape area(String ratio, int pixels) {
        var unit = ratio(ratio, 1000);
        var scale = Math.sqrt((double) pixels / unit.width() / unit.height());
        return new Shape(
                (int) Math.round(unit.width() * scale / 16) * 16, (int) Math.round(unit.height() * scale / 16) * 16);
    }

    static Shape proportioned(double width, double height, int shortSide) {
        return width >= height
                ? new Shape(even(shortSide * width / height), even(shortSide))
                : new Shape(even(shortSide), even(shortSide * height / width));
    }

    private static int even(double length) {
        return (int) Math.round(length / 2) * 2;
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
