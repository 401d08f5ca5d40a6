package io.storyreel.worker.media;

import io.storyreel.common.storyboard.Motion;

import java.util.List;
import java.util.Locale;

/**
 * The camera's move over a still, as ffmpeg's {@code perspective} filter. That filter samples between pixels: a slow
 * move measured 0.01 px of jitter, against 0.5 px and more time for {@code zoompan} on a picture enlarged four times.
 *
 * <p>The still is prepared {@link #margin} times as large as the frame, and the window the camera sees is never smaller
 * than the frame, so the picture is never enlarged twice.
 *
 * @param margin at least 1, 1 for a camera at rest
 */
record CameraMove(Motion motion, double margin) {

    private static final double SHARE_PER_SECOND = 0.05;
    private static final double LEAST = 0.04;
    private static final double MOST = 0.16;

    private static final List<Motion> CYCLE =
            List.of(Motion.ZOOM_IN, Motion.PAN_RIGHT, Motion.ZOOM_OUT, Motion.PAN_LEFT, Motion.PAN_UP, Motion.PAN_DOWN);

    /** How far the camera pushes into the outgoing picture of a zoom transition: its window shrinks to 1 - this. */
    private static final double PUSH = 0.45;

    /**
     * @param position of the scene in the video, which decides {@link Motion#AUTO}
     * @param seconds the scene's length, which bounds the speed of the move
     */
    static CameraMove of(Motion motion, int position, double seconds) {
        var chosen = motion == Motion.AUTO ? CYCLE.get(position % CYCLE.size()) : motion;
        double amount = Math.min(MOST, Math.max(LEAST, SHARE_PER_SECOND * seconds));
        return new CameraMove(chosen, chosen == Motion.NONE ? 1 : 1 + amount);
    }

    boolean resting() {
        return motion == Motion.NONE;
    }

    /**
     * The frames a move is wanted for.
     *
     * @param skipped frames of the move that lie before the first one wanted
     * @param frames over which the whole move runs
     * @param pushFrom first frame of a zoom transition into the next scene, or -1
     * @param pushFrames length of that transition
     */
    record Shot(int skipped, int frames, int pushFrom, int pushFrames) {

        /** The filter counts its output from 1. */
        private String frame() {
            return skipped == 0 ? "(on-1)" : "(on+" + (skipped - 1) + ")";
        }

        private String progress() {
            return "min(1,%s/%d)".formatted(frame(), Math.max(1, frames - 1));
        }

        private String push() {
            return pushFrom < 0
                    ? "0"
                    : String.format(
                            Locale.ROOT, "%.3f*pow(clip((%s-%d)/%d,0,1),2)", PUSH, frame(), pushFrom, pushFrames);
        }
    }

    /** The filter, for a stream of {@code still} sized frames that is cut to {@code frame} afterwards. */
    String filter(Canvas frame, Canvas still, Shot shot) {
        var progress = shot.progress();
        double slackX = still.width() - frame.width();
        double slackY = still.height() - frame.height();
        // Left and top edge of the window, and how much of the slack it takes beyond the frame's own size.
        var window =
                switch (motion) {
                    case ZOOM_IN -> new Window(half(slackX, progress), half(slackY, progress), "(1-" + progress + ")");
                    case ZOOM_OUT ->
                        new Window(
                                half(slackX, "(1-" + progress + ")"), half(slackY, "(1-" + progress + ")"), progress);
                    case PAN_RIGHT -> new Window(part(slackX, progress), number(slackY / 2), "0");
                    case PAN_LEFT -> new Window(part(slackX, "(1-" + progress + ")"), number(slackY / 2), "0");
                    case PAN_DOWN -> new Window(number(slackX / 2), part(slackY, progress), "0");
                    case PAN_UP -> new Window(number(slackX / 2), part(slackY, "(1-" + progress + ")"), "0");
                    case NONE, AUTO -> new Window("0", "0", "0");
                };
        return window.filter(frame, still, shot.push());
    }

    private static String half(double slack, String share) {
        return part(slack / 2, share);
    }

    private static String part(double slack, String share) {
        return number(slack) + "*" + share;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /**
     * @param extra share of the slack, 0 to 1, by which the window is larger than the frame
     */
    private record Window(String left, String top, String extra) {

        String filter(Canvas frame, Canvas still, String push) {
            var width = size(frame.width(), still.width());
            var height = size(frame.height(), still.height());
            var x0 = corner(left, width, push);
            var y0 = corner(top, height, push);
            // The filter maps its whole output, which is as large as the still; only the frame's part is kept.
            var x1 = far(x0, width, push, (double) still.width() / frame.width());
            var y1 = far(y0, height, push, (double) still.height() / frame.height());
            return "perspective=eval=frame:interpolation=linear:x0='%s':y0='%s':x1='%s':y1='%s':x2='%s':y2='%s':x3='%s':y3='%s'"
                    .formatted(x0, y0, x1, y0, x0, y1, x1, y1);
        }

        private String size(int frame, int still) {
            return "(%d+%d*%s)".formatted(frame, still - frame, extra);
        }

        private static String corner(String edge, String size, String push) {
            return push.equals("0") ? edge : "(%s+%s*%s/2)".formatted(edge, size, push);
        }

        private static String far(String edge, String size, String push, double scale) {
            var seen = push.equals("0") ? size : "%s*(1-%s)".formatted(size, push);
            return String.format(Locale.ROOT, "%s+%s*%.6f", edge, seen, scale);
        }
    }
}
