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

    /** Measured: an x86-64 process at 1080p takes 37 MB more for each scene. */
    private static final double BYTES_PER_PIXEL = 18;

    /** @param memory bytes the scenes of one segment may take together */
    static List<Segment> of(Timeline timeline, Canvas canvas, long memory) {
        int scenes = timeline.scenes().size();
        double perScene = BYTES_PER_PIXEL * canvas.width() * canvas.height();
        int most = Math.max(2, (int) (memory / perScene));
        int segments = (scenes + most - 1) / most;
        var cut = new ArrayList<Segment>();
        for (int k = 0; k < segments; k++) {
            cut.add(new Segment(k * scenes / segments, (k + 1) * scenes / segments));
        }
        return cut;
    }

    long frames(Timeline timeline) {
        return timeline.scenes().subList(from, to).stream()
                .mapToLong(TimedScene::frames)
                .sum();
    }
}
