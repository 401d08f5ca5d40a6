package io.storyreel.worker.media;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.storyreel.common.storyboard.AspectRatio;
import jakarta.enterprise.context.ApplicationScoped;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * The frame a clip begins with, as providers take it: a JPEG in a {@code data:} address of at most 3,000,000 characters.
 * It is framed as {@link Composer} frames what it shows, so that cutting from a still to a clip moves nothing.
 */
@ApplicationScoped
public class ProviderFrames {

    static final int MOST_CHARACTERS = 3_000_000;

    /** In base64 a third more, and the beginning of the address. */
    static final int MOST_BYTES = 2_200_000;

    private static final String ADDRESS = "data:image/jpeg;base64,";

    /** Full HD at most: no provider makes clips of more. */
    private static final int SHORT_SIDE = 1_080;

    /** ffmpeg's scale for JPEG, from almost lossless to coarse; noise of this size has 0.4 MB at the last one. */
    private static final List<Integer> QUALITIES = List.of(2, 4, 7, 12, 20, 31);

    /** Packets may hold less than a frame each, so the last frame is looked for among the last few. */
    private static final int LAST_FRAMES = 8;

    private final Ffmpeg ffmpeg;
    private final FfmpegConfig config;

    public ProviderFrames(Ffmpeg ffmpeg, FfmpegConfig config) {
        this.ffmpeg = ffmpeg;
        this.config = config;
    }

    /**
     * The picture of a scene.
     *
     * @param scratch an existing directory for a working file, which does not stay
     */
    public Uni<String> ofPicture(Picture picture, AspectRatio ratio, Path scratch) {
        var input = new LocalFile(picture.format().demuxer(), picture.file()).asInput("-noautorotate");
        var filters = Upright.filters(picture, "u")
                + Framing.onto(canvas(ratio), picture.width(), picture.height(), "f", "auto");
        return address(input, filters, scratch);
    }

    /** The last frame of a clip, for another that goes on from there. */
    public Uni<String> lastOf(MediaFile clip, AspectRatio ratio, Path scratch) {
        return Uni.createFrom().deferred(() -> {
            var video = clip.video().orElseThrow(() -> new UnreadableMediaException("has no picture"));
            var input = new LocalFile(clip.container().demuxer(), clip.file()).asInput();
            var filters = "select='gte(n,%d)',settb=1/25,setpts=N,fps=25,%s"
                    .formatted(
                            Math.max(0, video.frames() - LAST_FRAMES),
                            Framing.onto(canvas(ratio), video.width(), video.height(), "f", "bt709"));
            return address(input, filters, scratch);
        });
    }

    private static Canvas canvas(AspectRatio ratio) {
        return new Canvas(ratio.width(SHORT_SIDE), ratio.height(SHORT_SIDE));
    }

    private Uni<String> address(List<String> input, String filters, Path scratch) {
        return Uni.createFrom().deferred(() -> {
            var frame = scratch.resolve("frame-" + UUID.randomUUID() + ".jpg");
            return small(input, filters, frame, 0)
                    .map(jpeg -> ADDRESS + Base64.getEncoder().encodeToString(jpeg))
                    .onTermination()
                    .call(() -> onWorker(() -> Files.deleteIfExists(frame)));
        });
    }

    /** Coarser until it is small enough. */
    private Uni<byte[]> small(List<String> input, String filters, Path frame, int coarseness) {
        return ffmpeg.run(write(input, filters, frame, QUALITIES.get(coarseness)))
                .chain(() -> onWorker(() -> Files.size(frame)))
                .chain(size -> size <= MOST_BYTES || coarseness == QUALITIES.size() - 1
                        ? onWorker(() -> Files.readAllBytes(frame))
                        : small(input, filters, frame, coarseness + 1));
    }

    private FfmpegCommand write(List<String> input, String filters, Path frame, int quality) {
        var arguments = new ArrayList<>(input);
        arguments.addAll(List.of(
                "-filter_complex",
                "[0:v:0]" + filters + "," + Encoding.JPEG_COLOURS + "[frame]",
                "-map",
                "[frame]",
                "-c:v",
                "mjpeg",
                "-q:v",
                Integer.toString(quality),
                "-f",
                "image2",
                // Each frame takes the place of the one before.
                "-update",
                "1",
                frame.getFileName().toString()));
        return FfmpegCommand.encode(
                arguments, frame.getParent(), config.probeDeadline(), Duration.ofSeconds(1), part -> {});
    }

    /** Work on a file. */
    @FunctionalInterface
    private interface FileWork<T> {
        T run() throws IOException;
    }

    private static <T> Uni<T> onWorker(FileWork<T> work) {
        return Uni.createFrom()
                .item(() -> {
                    try {
                        return work.run();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e.getMessage(), e);
                    }
                })
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
