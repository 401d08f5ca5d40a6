package io.storyreel.worker.media;

import java.util.ArrayList;
import java.util.List;

/** ffmpeg's options for the codecs of each container. */
final class Encoding {

    /** A key frame this often, so that players seek quickly. */
    private static final int SECONDS_BETWEEN_KEY_FRAMES = 2;

    private Encoding() {}

    static List<String> of(Container container, int framesPerSecond, FfmpegConfig config) {
        var options = new ArrayList<String>();
        options.addAll(
                switch (container) {
                    case MP4, MOV ->
                        List.of(
                                "-c:v",
                                "libx264",
                                "-preset",
                                config.x264Preset(),
                                "-crf",
                                Integer.toString(config.x264Crf()),
                                "-c:a",
                                "aac",
                                "-b:a",
                                "192k",
                                "-movflags",
                                "+faststart");
                    case WEBM ->
                        List.of(
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
                                "2",
                                "-c:a",
                                "libopus",
                                "-b:a",
                                "128k");
                });
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
                "bt709",
                "-map_metadata",
                "-1",
                "-f",
                container.output().extension()));
        return options;
    }
}
