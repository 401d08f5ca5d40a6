package io.storyreel.worker.media;

import io.storyreel.common.export.ExportParameters;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * ffmpeg's options for files of a certain bitrate. It is kept throughout, so that the size of a file and the bandwidth
 * it needs are known beforehand, whatever the pictures are. Stills need less than most presets give: x264 fills up what
 * is left with filler units. VP9 has none: such a file is smaller. Of stills with much detail it takes up to a third more
 * than it is told; whoever calls looks and aims lower.
 */
final class ExportEncoding {
    /** How long the rate may stray, in seconds of video: what a player has to buffer. */
    private static final int BUFFER_SECONDS = 2;

    private static final int SECONDS_BETWEEN_KEY_FRAMES = 2;

    /** Of eight key frames: a cut makes one besides those that come every two seconds. */
    private static final int INDEX_BYTES_PER_SECOND = 160;

    /**
     * libvpx keeps a bitrate only in this mode, at a speed of 0 to 8: of 12 s of a still picture at 1080p the mode "good"
     * took 13 times as long.
     */
    private static final String VP9_SPEED = "6";

    /** Percent of a frame's share that a key frame may take; without it those of stills take the rate a third too high. */
    private static final String VP9_MOST_OF_KEY_FRAMES = "300";

    private ExportEncoding() {}

    static List<String> picture(
            Container container, ExportParameters wanted, int aimKbps, double sourceFps, FfmpegConfig config) {
        var options = new ArrayList<String>();
        String rate = aimKbps + "k";
        options.addAll(codec(container, config));
        options.addAll(List.of("-b:v", rate, "-minrate", rate, "-maxrate", rate));
        options.addAll(List.of("-bufsize", aimKbps * BUFFER_SECONDS + "k", "-pix_fmt", "yuv420p"));
        double fps = wanted.fps() == null ? sourceFps : wanted.fps();
        options.addAll(List.of("-g", Long.toString(Math.max(1, Math.round(fps * SECONDS_BETWEEN_KEY_FRAMES)))));
        if (wanted.fps() != null) {
            options.addAll(List.of("-r", wanted.fps().toString()));
        }
        return options;
    }

    private static List<String> codec(Container container, FfmpegConfig config) {
        return container == Container.WEBM
                ? List.of(
                        "-c:v",
                        "libvpx-vp9",
                        "-qmin",
                        "0",
                        "-qmax",
                        "63",
                        "-deadline",
                        "realtime",
                        "-cpu-used",
                        VP9_SPEED,
                        "-max-intra-rate",
                        VP9_MOST_OF_KEY_FRAMES,
                        "-row-mt",
                        "1",
                        "-tile-columns",
                        "2")
                : List.of("-c:v", "libx264", "-preset", config.x264Preset(), "-x264-params", "nal-hrd=cbr:force-cfr=1");
    }

    /**
     * Room for the index of a WebM file in front, so that players can seek before they have all of it; MP4 and MOV files
     * are rewritten for that. Without enough of it ffmpeg fails; an entry, one for each key frame, takes 20 bytes.
     */
    static List<String> index(Container container, Duration length) {
        return container == Container.WEBM
                ? List.of(
                        "-reserve_index_space",
                        Long.toString(4_096 + INDEX_BYTES_PER_SECOND * (length.toSeconds() + 1)))
                : List.of();
    }

    static List<String> sound(Container container, ExportParameters wanted) {
        String rate = wanted.audioKbps() + "k";
        return container == Container.WEBM
                ? List.of("-c:a", "libopus", "-vbr", "off", "-b:a", rate, "-ar", "48000", "-ac", "2")
                : List.of("-c:a", "aac", "-b:a", rate, "-ac", "2");
    }
}
