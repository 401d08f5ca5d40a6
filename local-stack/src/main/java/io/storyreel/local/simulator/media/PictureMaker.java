package io.storyreel.local.simulator.media;

import io.storyreel.local.simulator.task.Product;

import javax.imageio.ImageIO;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Makes pictures from prompts. */
public final class PictureMaker {

    private final MediaGate gate;
    private final MediaStore store;

    public PictureMaker(MediaGate gate, MediaStore store) {
        this.gate = gate;
        this.store = store;
    }

    /** @param format {@code png}, {@code jpg} or {@code webp} */
    public CompletableFuture<Product> picture(String prompt, long seed, Shape shape, String format, Band band) {
        var type = "image/" + (format.equals("jpg") ? "jpeg" : format);
        var key = Digest.of(prompt, Long.toString(seed), shape.toString(), band.text());
        return store.get(key, format, type, target -> {
            make(prompt, seed, shape, format, band, target);
            return 0;
        });
    }

    private void make(String prompt, long seed, Shape shape, String format, Band band, Path target)
            throws IOException, InterruptedException {
        var image = PromptPicture.draw(prompt, seed, shape);
        var foot = band.image(shape);
        var canvas = image.createGraphics();
        canvas.drawImage(foot, 0, shape.height() - foot.getHeight(), null);
        canvas.dispose();
        if (format.equals("webp")) { // Java writes none
            var png = Files.createTempFile(target.getParent(), "picture", ".png");
            try {
                ImageIO.write(image, "png", png.toFile());
                gate.ffmpeg(List.of("-i", png.toString(), "-c:v", "libwebp", target.toString()));
            } finally {
                Files.deleteIfExists(png);
            }
        } else {
            ImageIO.write(image, format, target.toFile());
        }
    }
}
