package io.storyreel.worker.media;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A small real video without any source: drifting colours, the same ones for the same seed. */
@ApplicationScoped
public class SampleClip {

    private final Ffmpeg ffmpeg;
    private final FfmpegConfig config;

    public SampleClip(Ffmpeg ffmpeg, FfmpegConfig config) {
        this.ffmpeg = ffmpeg;
        this.config = config;
    }

    /** Writes an MP4 of the given length. */
    public Uni<Path> write(Canvas canvas, int framesPerSecond, Duration length, long seed, Path output) {
        double seconds = length.toNanos() / 1e9;
        var arguments = List.of(
                "-f",
                "lavfi",
                "-i",
                String.format(
                        Locale.ROOT,
                        "gradients=size=%dx%d:rate=%d:duration=%.6f:seed=%d:nb_colors=4:speed=0.02",
                        canvas.width(),
                        canvas.height(),
                        framesPerSecond,
                        seconds,
                        Math.floorMod(seed, 1L << 31)),
                "-vf",
                "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p",
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-pix_fmt",
                "yuv420p",
                "-movflags",
                "+faststart",
                "-f",
                "mp4",
                "file:" + output.toAbsolutePath());
        return ffmpeg.run(FfmpegCommand.encode(
                        arguments, output.toAbsolutePath().getParent(), config.probeDeadline(), length, part -> {}))
                .replaceWith(output);
    }
}
