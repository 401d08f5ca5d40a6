package artwork;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/** A picture in linear light, with what a darkroom would do to it: bloom, vignette, film curve, grain. */
final class Picture {

    /** The colour at a place: x from 0 (left) to width/height (right), y from 0 (top) to 1 (bottom). */
    interface Painter {
        Vec colourAt(double x, double y);
    }

    final int width;
    final int height;
    private final float[] light;

    Picture(int width, int height) {
        this.width = width;
        this.height = height;
        this.light = new float[width * height * 3];
    }

    /** Four samples per pixel: edges are smooth whatever the painter draws. */
    static Picture painted(int width, int height, Painter painter) {
        Picture picture = new Picture(width, height);
        IntStream.range(0, height).parallel().forEach(row -> {
            for (int column = 0; column < width; column++) {
                Vec sum = Vec.BLACK;
                for (int sample = 0; sample < 4; sample++) {
                    double x = column + 0.25 + 0.5 * (sample & 1);
                    double y = row + 0.25 + 0.5 * (sample >> 1);
                    sum = sum.plus(painter.colourAt(x / height, y / height));
                }
                picture.set(column, row, sum.times(0.25));
            }
        });
        return picture;
    }

    void set(int column, int row, Vec colour) {
        int at = (row * width + column) * 3;
        light[at] = (float) colour.x();
        light[at + 1] = (float) colour.y();
        light[at + 2] = (float) colour.z();
    }

    Vec get(int column, int row) {
        int at = (row * width + column) * 3;
        return new Vec(light[at], light[at + 1], light[at + 2]);
    }

    /** Changes every pixel by what a function of place and colour says. */
    Picture retouched(Retouch retouch) {
        IntStream.range(0, height).parallel().forEach(row -> {
            for (int column = 0; column < width; column++) {
                double x = (column + 0.5) / height;
                double y = (row + 0.5) / height;
                set(column, row, retouch.apply(get(column, row), x, y));
            }
        });
        return this;
    }

    interface Retouch {
        Vec apply(Vec colour, double x, double y);
    }

    /** Lets bright parts glow into their surroundings, as a lens does. */
    Picture bloomed(double threshold, double strength) {
        int factor = 4;
        int w = (width + factor - 1) / factor;
        int h = (height + factor - 1) / factor;
        Picture glow = new Picture(w, h);
        for (int row = 0; row < h; row++) {
            for (int column = 0; column < w; column++) {
                glow.set(column, row, brightPart(column * factor, row * factor, factor, threshold));
            }
        }
        int radius = Math.max(2, Math.min(w, h) / 40);
        for (int pass = 0; pass < 3; pass++) {
            glow.blur(radius, true);
            glow.blur(radius, false);
        }
        return retouched((colour, x, y) ->
                colour.plus(glow.sampled(x * height / factor, y * height / factor).times(strength)));
    }

    private Vec brightPart(int left, int top, int size, double threshold) {
        Vec sum = Vec.BLACK;
        for (int dy = 0; dy < size; dy++) {
            for (int dx = 0; dx < size; dx++) {
                Vec colour = get(Math.min(left + dx, width - 1), Math.min(top + dy, height - 1));
                double excess = Math.min(6, Math.max(0, colour.luminance() - threshold));
                sum = sum.plus(colour.times(excess / (colour.luminance() + 1e-6)));
            }
        }
        return sum.times(1.0 / (size * size));
    }

    private void blur(int radius, boolean alongRows) {
        int lines = alongRows ? height : width;
        int length = alongRows ? width : height;
        float scale = 1f / (2 * radius + 1);
        IntStream.range(0, lines).parallel().forEach(line -> {
            float[] source = new float[length];
            for (int channel = 0; channel < 3; channel++) {
                for (int i = 0; i < length; i++) {
                    source[i] = light[index(line, i, alongRows) + channel];
                }
                float sum = 0;
                for (int i = -radius; i <= radius; i++) {
                    sum += source[Math.max(0, Math.min(length - 1, i))];
                }
                for (int i = 0; i < length; i++) {
                    light[index(line, i, alongRows) + channel] = sum * scale;
                    sum += source[Math.min(length - 1, i + radius + 1)] - source[Math.max(0, i - radius)];
                }
            }
        });
    }

    private int index(int line, int i, boolean alongRows) {
        return (alongRows ? line * width + i : i * width + line) * 3;
    }

    /** The colour between pixels, at a place counted in pixels. */
    Vec sampled(double x, double y) {
        double px = Math.max(0, Math.min(width - 1.001, x - 0.5));
        double py = Math.max(0, Math.min(height - 1.001, y - 0.5));
        int column = (int) px;
        int row = (int) py;
        int right = Math.min(width - 1, column + 1);
        int below = Math.min(height - 1, row + 1);
        Vec upper = get(column, row).mix(get(right, row), px - column);
        Vec lower = get(column, below).mix(get(right, below), px - column);
        return upper.mix(lower, py - row);
    }

    /** Darkens the corners; strength 0..1. */
    Picture vignetted(double strength) {
        double aspect = (double) width / height;
        return retouched((colour, x, y) -> {
            double dx = (x / aspect - 0.5) * 2;
            double dy = (y - 0.5) * 2;
            return colour.times(1 - strength * Noise.step(0.35, 2.1, dx * dx + dy * dy));
        });
    }

    /** Writes the developed picture. JPEG needs no alpha and keeps the repository small. */
    void saveJpeg(Path file, double grain) throws IOException {
        Files.createDirectories(file.getParent());
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam quality = writer.getDefaultWriteParam();
        quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        quality.setCompressionQuality(0.88f);
        Files.deleteIfExists(file);
        try (var output = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(output);
            writer.write(null, new IIOImage(developed(grain), null, null), quality);
        } finally {
            writer.dispose();
        }
    }

    private BufferedImage developed(double grain) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                Vec colour = get(column, row);
                // The noise also hides the steps that eight bits leave in a smooth sky.
                double noise = (Noise.hash(column, row, 7) + Noise.hash(column, row, 8) - 1) * grain;
                int red = channel(colour.x(), noise);
                int green = channel(colour.y(), noise);
                int blue = channel(colour.z(), noise);
                image.setRGB(column, row, red << 16 | green << 8 | blue);
            }
        }
        return image;
    }

    private static int channel(double linear, double noise) {
        double film = filmic(Math.max(0, linear));
        double display = film <= 0.0031308 ? 12.92 * film : 1.055 * Math.pow(film, 1 / 2.4) - 0.055;
        return (int) Math.round(255 * Math.max(0, Math.min(1, display + noise)));
    }

    /** Straight up to 0.6, then a shoulder that reaches white only in the limit: highlights keep their colour. */
    private static double filmic(double value) {
        double knee = 0.6;
        if (value <= knee) {
            return value;
        }
        double room = 1 - knee;
        double excess = value - knee;
        return knee + room * excess / (excess + room);
    }
}
