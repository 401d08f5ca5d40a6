package io.storyreel.worker.media;

import java.util.ArrayList;
import java.util.List;

/**
 * Scenes whose picture is made by one run. ffmpeg sets up all filters of a graph before the first frame, and the camera
 * move keeps a table of every pixel, so memory grows with the scenes of a graph, not with their length. Videos of
 * ordinary length are one segment; longer ones are made in several, which are joined without encoding again.
 *
 * @param from first scene, by its position
 * @param to the scene after the last one
 */
record Segment(int from, int to) {

    /** Of the frame, for each scene: 8 for the camera move's table, the rest for its still and the frames on their way. */
    private static final double BYTES_PER_FRAME_PIXEL = 18;

    /** Of a still, kept decoded by its source until the graph ends. */
    private static final double BYTES_PER_STILL_PIXEL = 3;

    /** Of a clip, whose decoder keeps several frames. */
    private static final double BYTES_PER_CLIP_PIXEL = 12;

    /** @param memory bytes the scenes of one segment may take together; a scene that takes more stands alone */
    static List<Segment> of(Composition composition, long memory) {
        var cut = new ArrayList<Segment>();
        int from = 0;
        double taken = 0;
        for (int k = 0; k < composition.visuals().size(); k++) {
            double needed = bytes(composition.visuals().get(k), composition.canvas());
            if (k > from && taken + needed > memory) {
                cut.add(new Segment(from, k));
                from = k;
                taken = 0;
            }
            taken += needed;
        }
        cut.add(new Segment(from, composition.visuals().size()));
        return cut;
    }

    long frames(Timeline timeline) {
        return timeline.scenes().subList(from, to).stream()
                .mapToLong(TimedScene::frames)
                .sum();
    }

    private static double bytes(SceneVisual visual, Canvas canvas) {
        double frame = BYTES_PER_FRAME_PIXEL * canvas.width() * canvas.height();
        if (visual instanceof SceneVisual.Still still) {
            var picture = still.picture();
            return frame + BYTES_PER_STILL_PIXEL * picture.width() * picture.height();
        }
        return frame
                + ((SceneVisual.Clip) visual)
                        .parts().stream()
                                .flatMap(part -> part.media().video().stream())
                                .mapToDouble(video -> BYTES_PER_CLIP_PIXEL * video.width() * video.height())
                                .sum();
    }
}
