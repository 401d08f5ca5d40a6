package io.storyreel.worker.media;

import io.storyreel.common.storyboard.Motion;
import io.storyreel.common.storyboard.Transition;
import io.storyreel.worker.media.SceneVisual.Clip;
import io.storyreel.worker.media.SceneVisual.Still;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The filter graph of the picture: each scene brought to size and moved, joined by cuts and transitions.
 *
 * <p>Sources are {@code movie} filters rather than inputs: ffmpeg decodes the first frame of every input before the
 * graph runs, and starts threads for each in newer versions, so a hundred scenes would cost gigabytes; a {@code movie}
 * is decoded when its turn comes, and a {@link Segment} bounds how many there are. Files appear under the plain names {@link #sourceName} in the working directory.
 */
final class PictureGraph {

    static final String OUTPUT = "picture";
    static final String CAPTIONS_FILE = "captions.ass";

    /** A transition reads one frame past its end; another one costs nothing and forgives rounding. */
    private static final int SPARE_FRAMES = 2;

    private final Composition composition;
    private final Segment segment;
    private final int fps;
    private final List<String> chains = new ArrayList<>();

    private PictureGraph(Composition composition, Segment segment) {
        this.composition = composition;
        this.segment = segment;
        this.fps = composition.timeline().framesPerSecond();
    }

    static String of(Composition composition, Segment segment) {
        var graph = new PictureGraph(composition, segment);
        graph.build();
        return String.join(";", graph.chains);
    }

    /** @param part of the scene's clip, counted from 0 */
    static String sourceName(int position, int part) {
        return "scene-" + position + "-" + part;
    }

    /** Numbers the frames again, one tick each: {@code concat} and {@code movie} leave other time bases behind. */
    static String everyFrame(int fps) {
        return "settb=1/%1$d,setpts=N,fps=%1$d".formatted(fps);
    }

    private void build() {
        for (int k = segment.from(); k < segment.to(); k++) {
            chains.add(scene(k, 0) + "[s" + k + "]");
        }
        var joined = join(composition.timeline().scenes());
        var captions = composition.burned().isEmpty()
                ? ""
                : "setpts=PTS+%1$d,ass=filename=%2$s:fontsdir=.,setpts=PTS-%1$d,"
                        .formatted(firstFrame(), CAPTIONS_FILE);
        chains.add(("[%s]trim=end_frame=%d,%sformat=yuv420p,"
                        + "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709[%s]")
                .formatted(joined, segment.frames(composition.timeline()), captions, OUTPUT));
    }

    /** Runs of scenes joined by cuts become one {@code concat}; transitions then join the runs. */
    private String join(List<TimedScene> scenes) {
        var joined = lead();
        int k = segment.from();
        while (k < segment.to()) {
            int next = k + 1;
            while (next < segment.to() && scenes.get(next).transition() == Transition.NONE) {
                next++;
            }
            var run = concat(k, next);
            joined = joined.isEmpty() ? run : blend(joined, run, scenes.get(k), k);
            k = next;
        }
        return joined;
    }

    /** What the scene before this segment still shows while the first scene comes in. */
    private String lead() {
        int before = segment.from() - 1;
        if (before < 0 || tail(before) == 0) {
            return "";
        }
        chains.add(scene(before, composition.timeline().scenes().get(before).frames()) + "[lead]");
        return "lead";
    }

    private long firstFrame() {
        return composition.timeline().scenes().get(segment.from()).startFrame();
    }

    private String concat(int from, int to) {
        if (to - from == 1) {
            return "s" + from;
        }
        var inputs = new StringBuilder();
        for (int k = from; k < to; k++) {
            inputs.append("[s").append(k).append(']');
        }
        chains.add("%sconcat=n=%d:v=1:a=0,%s[c%d]".formatted(inputs, to - from, everyFrame(), from));
        return "c" + from;
    }

    private String blend(String outgoing, String incoming, TimedScene scene, int position) {
        chains.add(String.format(
                Locale.ROOT,
                "[%s][%s]xfade=transition=%s:offset=%.6f:duration=%.6f,%s[x%d]",
                outgoing,
                incoming,
                effect(scene.transition()),
                (double) (scene.startFrame() - firstFrame()) / fps,
                (double) scene.transitionFrames() / fps,
                everyFrame(),
                position));
        return "x" + position;
    }

    private static String effect(Transition transition) {
        return switch (transition) {
            case FADE, ZOOM -> "fade";
            case DISSOLVE -> "dissolve";
            case WIPE_LEFT -> "wipeleft";
            case WIPE_RIGHT -> "wiperight";
            case SLIDE_LEFT -> "slideleft";
            case SLIDE_RIGHT -> "slideright";
            case NONE, CUT -> throw new IllegalArgumentException("a cut blends nothing");
        };
    }

    /** @param skipped frames of the scene that lie before this segment */
    private String scene(int position, int skipped) {
        var scene = composition.timeline().scenes().get(position);
        var visual = composition.visuals().get(position);
        var source = visual instanceof Still still
                ? still(still, position, skipped)
                : clip((Clip) visual, position, skipped);
        return position == 0 && skipped == 0 && scene.transitionFrames() > 0
                ? source + ",fade=type=in:start_frame=0:nb_frames=" + scene.transitionFrames()
                : source;
    }

    private String still(Still still, int position, int skipped) {
        var scene = composition.timeline().scenes().get(position);
        var move = CameraMove.of(still.motion(), position, (double) scene.frames() / fps);
        var picture = still.picture();
        var canvas = composition.canvas();
        var prepared = canvas.times(move.margin());
        int frames = scene.frames() + tail(position);
        var chain = new StringBuilder("movie=filename=%s:format_name=%s,"
                .formatted(sourceName(position, 0), picture.format().demuxer()));
        chain.append(Upright.filters(picture, "u" + position));
        chain.append(Framing.onto(prepared, picture.width(), picture.height(), "f" + position, "auto"));
        chain.append(
                ",loop=loop=%d:size=1:start=0,%s,trim=end_frame=%d".formatted(frames, everyFrame(), frames - skipped));
        if (!move.resting() || pushes(position)) {
            int pushFrom = pushes(position) ? scene.frames() : -1;
            chain.append(',')
                    .append(move.filter(
                            canvas, prepared, new CameraMove.Shot(skipped, frames, pushFrom, tail(position))));
            chain.append(",crop=%d:%d:0:0".formatted(canvas.width(), canvas.height()));
        }
        return chain.toString();
    }

    private String clip(Clip clip, int position, int skipped) {
        var scene = composition.timeline().scenes().get(position);
        var canvas = composition.canvas();
        var chain = new ClipFilters(canvas, fps).of(clip, position, scene.frames());
        if (tail(position) > 0) {
            // The scene that follows blends with the last frame of this one, held.
            chain += ",tpad=stop=%d:stop_mode=clone".formatted(tail(position));
        }
        if (pushes(position)) {
            var rest = new CameraMove(Motion.NONE, 1);
            chain += ","
                    + rest.filter(
                            canvas, canvas, new CameraMove.Shot(0, scene.frames(), scene.frames(), tail(position)));
        }
        return skipped == 0 ? chain : chain + ",trim=start_frame=%d,%s".formatted(skipped, everyFrame());
    }

    private boolean pushes(int position) {
        return following(position) == Transition.ZOOM;
    }

    private int tail(int position) {
        return following(position) == Transition.NONE
                ? 0
                : composition.timeline().scenes().get(position + 1).transitionFrames() + SPARE_FRAMES;
    }

    private Transition following(int position) {
        var scenes = composition.timeline().scenes();
        return position + 1 < scenes.size() ? scenes.get(position + 1).transition() : Transition.NONE;
    }

    private String everyFrame() {
        return everyFrame(fps);
    }
}
