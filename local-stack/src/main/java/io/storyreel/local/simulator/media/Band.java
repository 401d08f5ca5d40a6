package io.storyreel.local.simulator.media;

import javax.imageio.ImageIO;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The coloured band across the foot of a picture by which everybody sees who made it, and that it is simulated.
 *
 * @param text such as {@code RUNWAY 5 S}
 */
public record Band(String text, Color colour) {

    /** As wide as the picture, a twelfth as high as its short side. */
    BufferedImage image(Shape shape) {
        var height = Math.max(12, Math.min(shape.width(), shape.height()) / 12);
        var image = new BufferedImage(shape.width(), height, BufferedImage.TYPE_INT_RGB);
        var canvas = image.createGraphics();
        canvas.setColor(colour);
        canvas.fillRect(0, 0, shape.width(), height);
        canvas.setColor(Color.WHITE);
        var dot = Math.max(1, Math.min(height / 10, shape.width() / (PixelFont.width(text, 1) + 4)));
        PixelFont.draw(canvas, text, 2 * dot, (height - PixelFont.height(dot)) / 2, dot);
        canvas.dispose();
        return image;
    }

    void write(Shape shape, Path png) throws IOException {
        ImageIO.write(image(shape), "png", png.toFile());
    }
}
