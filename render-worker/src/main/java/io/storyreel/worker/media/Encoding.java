package io.storyreel.worker.media;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** ffmpeg's options for the codecs of each container. */
final class Encoding {

    /** A key frame this often, so that players seek quickly. */
    private static final int SECONDS_BETWEEN_KEY_FRAMES = 2;

    /**
     * Filters that give HD video the colours of a JPEG. By way of RGB: from YUV to YUV the scaler of ffmpeg 4.4 keeps
     * range and matrix whatever it is told, which washes the picture out.
     */
    static final String JPEG_COLOURS = "scale=in_color_matrix=bt709:in_range=tv:flags=accurate_rnd,format=rgb24,"
            + "scale=out_color_matrix=bt601:out_range=pc:flags=accurate_rnd,format=yuvj420p";

    private Encoding() {}

    static List<String> picture(Container container, int framesPerSecond, FfmpegConfig config) {
        var options = new ArrayList<String>();
        options.addAll(
                container == Container.WEBM
                        ? List.of(
                                "-c:v",
                                "libvpx-vp9",
                                "-crf",
                                Integer.toString(config.vp9Crf()),
                                "-b:v",
                                "0",
                                "-deadline",
                                "good",
                                "-cpu-used",
                                Integer.toString(config.vp9Speed()),
                                "-row-mt",
                                "1",
                                "-tile-columns",
                                "2")
                        : List.of(
                                "-c:v",
                                "libx264",
                                "-preset",
                                config.x264Preset(),
                                "-crf",
                                Integer.toString(config.x264Crf())));
        options.addAll(List.of(
                "-pix_fmt",
                "yuv420p",
                "-r",
                Integer.toString(framesPerSecond),
                "-g",
                Integer.toString(framesPerSecond * SECONDS_BETWEEN_KEY_FRAMES),
                "-color_range",
                "tv",
                "-colorspace",
                "bt709",
                "-color_primaries",
                "bt709",
                "-color_trc",
                "bt709"));
        return options;
    }

    static List<String> sound(Container container) {
        return container == Container.WEBM
                ? List.of("-c:a", "libopus", "-b:a", "128k")
                : List.of("-c:a", "aac", "-b:a", "192k");
    }

    static List<String> file(Container container, Path output) {
        var options = new ArrayList<>(
                List.of("-map_metadata", "-1", "-f", container.output().extension()));
        if (container != Container.WEBM) {
            options.addAll(List.of("-movflags", "+faststart"));
        }
        options.add("file:" + output.toAbsolutePath());
        return options;
    }
}
