package io.storyreel.local.simulator.media;

import javax.imageio.ImageIO;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A picture and a piece of music to play with, made when first asked for. */
public final class Samples {

    private static final Shape SHAPE = new Shape(1280, 720);
    private static final int SECONDS = 12;

    private final Path directory;
    private final MediaGate gate;

    Samples(Path directory, MediaGate gate) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.gate = gate;
    }

    public synchronized Path picture() throws IOException {
        var file = directory.resolve("sample.png");
        if (!Files.exists(file)) {
            ImageIO.write(PromptPicture.draw("storyreel", 0, SHAPE), "png", file.toFile());
        }
        return file;
    }

    /** A slow chord that swells. */
    public synchronized Path music() throws IOException, InterruptedException {
        var file = directory.resolve("sample.mp3");
        if (!Files.exists(file)) {
            gate.ffmpeg(List.of(
                    "-f",
                    "lavfi",
                    "-i",
                    "aevalsrc=exprs='0.12*(1+sin(0.8*t))*(sin(2*PI*220*t)+sin(2*PI*277.2*t)+sin(2*PI*329.6*t))/3'"
                            + ":sample_rate=44100:duration=" + SECONDS,
                    "-c:a",
                    "libmp3lame",
                    "-b:a",
                    "128k",
                    file.toString()));
        }
        return file;
    }
}
