package io.storyreel.local.simulator.media;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/** Draws a prompt as a gradient with shapes before it: the same prompt and seed always give the same picture. */
final class PromptPicture {

    private static final int SHAPES = 14;

    private PromptPicture() {}

    static BufferedImage draw(String prompt, long seed, Shape shape) {
        var random =
                new SplittableRandom(Long.parseUnsignedLong(Digest.of(prompt).substring(0, 16), 16) ^ seed);
        var image = new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
        var canvas = image.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        var hue = (float) random.nextDouble();
        canvas.setPaint(new GradientPaint(
                0, 0, colour(random, hue, 0.95f, 255), shape.width(), shape.height(), colour(random, hue, 0.4f, 255)));
        canvas.fillRect(0, 0, shape.width(), shape.height());
        for (var i = 0; i < SHAPES; i++) {
            canvas.setColor(colour(random, hue, 0.3f + 0.7f * i / SHAPES, 150));
            fill(canvas, random, shape);
        }
        canvas.dispose();
        return image;
    }

    private static void fill(Graphics2D canvas, SplittableRandom random, Shape shape) {
        var size = Math.min(shape.width(), shape.height()) * (0.1 + 0.4 * random.nextDouble());
        var x = random.nextDouble() * shape.width() - size / 2;
        var y = random.nextDouble() * shape.height() - size / 2;
        switch (random.nextInt(3)) {
            case 0 -> canvas.fill(new Ellipse2D.Double(x, y, size, size));
            case 1 -> canvas.fill(new Rectangle2D.Double(x, y, size * 1.4, size * 0.7));
            default -> {
                var triangle = new Path2D.Double();
                triangle.moveTo(x, y + size);
                triangle.lineTo(x + size, y + size);
                triangle.lineTo(x + size / 2, y);
                triangle.closePath();
                canvas.fill(triangle);
            }
        }
    }

    private static Color colour(SplittableRandom random, float hue, float brightness, int alpha) {
        var rgb = Color.HSBtoRGB(
                hue + (float) random.nextDouble() * 0.25f, 0.35f + 0.5f * (float) random.nextDouble(), brightness);
        return new Color(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255, alpha);
    }
}
