package io.storyreel.worker.media;

import io.storyreel.worker.media.SceneVisual.Clip;
import io.storyreel.worker.media.SceneVisual.Part;

import java.util.List;
import java.util.Locale;

/** The filters that make a clip's parts into one stream, as long as its scene. */
final class ClipFilters {

    /** Slower than this, people are seen to move as if under water. */
    private static final double MOST_SLOWED = 1.25;

    /** Rounding may leave a part this many frames short of what its length promises. */
    private static final int SPARE_FRAMES = 3;

    private final Canvas canvas;
    private final int fps;

    ClipFilters(Canvas canvas, int framesPerSecond) {
        this.canvas = canvas;
        this.fps = framesPerSecond;
    }

    /**
     * @param position of the scene in the video
     * @param frames of the scene
     * @return filters without an input pad and with one output pad
     */
    String of(Clip clip, int position, int frames) {
        var parts = clip.parts();
        double slowed = slowed(parts, frames);
        var exactly = "tpad=stop=-1:stop_mode=clone,%s,trim=end_frame=%d".formatted(everyFrame(), frames);
        if (parts.size() == 1) {
            return part(parts.get(0), position, 0, slowed) + "," + exactly;
        }
        var chains = new StringBuilder();
        var pads = new StringBuilder();
        for (int p = 0; p < parts.size(); p++) {
            var pad = "[k%dp%d]".formatted(position, p);
            chains.append(part(parts.get(p), position, p, slowed)).append(pad).append(';');
            pads.append(pad);
        }
        return "%s%sconcat=n=%d:v=1:a=0,%s,%s".formatted(chains, pads, parts.size(), everyFrame(), exactly);
    }

    /** How many times as long as it is a clip is shown: 1, or more where its scene has more frames. */
    private double slowed(List<Part> parts, int frames) {
        long available = parts.stream().mapToLong(this::frames).sum();
        return available == 0 ? 1 : Math.max(1, Math.min(MOST_SLOWED, (double) frames / available));
    }

    private long frames(Part part) {
        return Math.min(part.mostFrames(), Math.round(video(part).length().toNanos() / 1e9 * fps));
    }

    private static Track.Video video(Part part) {
        return part.media()
                .video()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the clip " + part.media().file().getFileName() + " has no picture"));
    }

    private String part(Part part, int position, int number, double slowed) {
        var video = video(part);
        return String.format(
                Locale.ROOT,
                "movie=filename=%s:format_name=%s,setpts=(PTS-STARTPTS)*%.6f,fps=%d,%s,tpad=stop=%d:stop_mode=clone,%s,"
                        + "trim=end_frame=%d",
                PictureGraph.sourceName(position, number),
                part.media().container().demuxer(),
                slowed,
                fps,
                // Clips without colour tags are HD video, hence BT.709; swscale would take them for SD.
                Framing.onto(canvas, video.width(), video.height(), "f%dp%d".formatted(position, number), "bt709"),
                SPARE_FRAMES,
                everyFrame(),
                Math.max(1, Math.round(frames(part) * slowed)));
    }

    private String everyFrame() {
        return PictureGraph.everyFrame(fps);
    }
}
