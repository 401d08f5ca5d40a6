package io.storyreel.local.simulator.media;

import io.storyreel.local.simulator.task.Product;

import javax.imageio.ImageIO;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** Makes clips: the camera glides over a picture, at 24 frames a second, H.264, the vendor's band at the foot. */
public final class ClipMaker {

    private static final int FRAMES = 24;
    private static final Shape DRAWN = new Shape(1280, 720);

    private final MediaGate gate;
    private final MediaStore store;
    private final Assets assets;

    public ClipMaker(MediaGate gate, MediaStore store, Assets assets) {
        this.gate = gate;
        this.store = store;
        this.assets = assets;
    }

    /**
     * What a clip is made of.
     *
     * @param seconds length, to a frame
     * @param sound whether it has an audio track, a soft tone
     */
    public record Clip(Asset picture, Framing framing, double seconds, boolean sound, Band band) {}

    /** Fails when the picture cannot be had or is none. */
    public CompletableFuture<Product> clip(Clip clip) {
        if (clip.picture() instanceof Asset.Drawn) {
            return stored(clip);
        }
        return gate.errand(() -> assets.fetched(clip.picture()))
                .thenCompose(held -> stored(new Clip(held, clip.framing(), clip.seconds(), clip.sound(), clip.band())));
    }

    private CompletableFuture<Product> stored(Clip clip) {
        var picture = clip.picture() instanceof Asset.Drawn drawn
                ? drawn.prompt()
                : clip.picture().identity();
        var key = Digest.of(
                picture,
                clip.framing().toString(),
                Double.toString(clip.seconds()),
                Boolean.toString(clip.sound()),
                clip.band().text());
        return store.get(key, "mp4", "video/mp4", target -> make(clip, target));
    }

    private double make(Clip clip, Path target) throws IOException, InterruptedException {
        var band = Files.createTempFile(target.getParent(), "band", ".png");
        var drawn = Files.createTempFile(target.getParent(), "drawn", ".png");
        try {
            var picture = picture(clip, drawn);
            var shape = clip.framing().shape(picture);
            clip.band().write(shape, band);
            gate.ffmpeg(arguments(clip, shape, picture, band, target));
            return clip.seconds();
        } finally {
            Files.deleteIfExists(band);
            Files.deleteIfExists(drawn);
        }
    }

    private static Path picture(Clip clip, Path drawn) throws IOException {
        if (clip.picture() instanceof Asset.Drawn prompt) {
            var shape = clip.framing() instanceof Framing.Fixed fixed ? fixed.shape() : DRAWN;
            ImageIO.write(PromptPicture.draw(prompt.prompt(), 0, shape), "png", drawn.toFile());
            return drawn;
        }
        return ((Asset.Held) clip.picture()).file();
    }

    private static List<String> arguments(Clip clip, Shape shape, Path picture, Path band, Path target) {
        var arguments = new ArrayList<>(List.of("-i", picture.toString(), "-i", band.toString()));
        if (clip.sound()) {
            arguments.addAll(List.of("-f", "lavfi", "-i", "sine=frequency=220:sample_rate=48000,volume=0.1"));
        }
        arguments.addAll(List.of("-filter_complex", graph(clip, shape), "-map", "[v]"));
        if (clip.sound()) {
            arguments.addAll(List.of("-map", "2:a", "-c:a", "aac", "-b:a", "96k"));
        }
        arguments.addAll(List.of(
                "-t",
                Double.toString(clip.seconds()),
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-crf",
                "26",
                "-movflags",
                "+faststart",
                target.toString()));
        return arguments;
    }

    /** The picture is decoded and scaled once; the frames are parts of it. */
    private static String graph(Clip clip, Shape shape) {
        var width = shape.width();
        var height = shape.height();
        return String.format(
                Locale.ROOT,
                "[0:v]scale=%d:%d:force_original_aspect_ratio=increase,setsar=1,format=yuv420p,"
                        + "loop=loop=-1:size=1:start=0,setpts=N/(%d*TB),fps=%d,"
                        + "crop=%d:%d:x='(iw-ow)*min(1,t/%f)':y='(ih-oh)/2'[p];[p][1:v]overlay=0:H-h,format=yuv420p[v]",
                width * 9 / 8 / 2 * 2,
                height * 9 / 8 / 2 * 2,
                FRAMES,
                FRAMES,
                width,
                height,
                clip.seconds());
    }
}
