package io.storyreel.local.render;

import java.time.Duration;

/** Words and bar for how far a render is. */
public final class ProgressLine {

    private static final int BAR = 24;
    /** Below this the rate says nothing yet about what remains. */
    private static final int ENOUGH_TO_TELL = 5;

    private ProgressLine() {}

    /** For a terminal: stage, scene, bar, percent, elapsed and remaining time in one line, cut to its width. */
    public static String bar(RenderState state, int scenes, Duration elapsed, int columns) {
        var filled = state.progress() * BAR / 100;
        var bar = "█".repeat(filled) + "░".repeat(BAR - filled);
        var line = String.format(
                "%-8s %-12s %s %3d %%  %s", stage(state), scene(state, scenes), bar, state.progress(), clock(elapsed));
        var remaining = remaining(state, elapsed);
        if (!remaining.isEmpty()) {
            line += "  " + remaining;
        }
        return line.length() < columns ? line : line.substring(0, Math.max(0, columns - 1));
    }

    /** For a log: the same without the bar. */
    public static String plain(RenderState state, int scenes, Duration elapsed) {
        var scene = scene(state, scenes);
        return String.format(
                "%3d %%  %s  %s%s%s",
                state.progress(),
                clock(elapsed),
                stage(state),
                scene.isEmpty() ? "" : ", " + scene,
                state.message().isEmpty() ? "" : ": " + state.message());
    }

    private static String stage(RenderState state) {
        return state.stage().isEmpty() ? state.status() : state.stage();
    }

    private static String scene(RenderState state, int scenes) {
        return state.scene() == 0 ? "" : "scene " + state.scene() + "/" + scenes;
    }

    private static String remaining(RenderState state, Duration elapsed) {
        if (state.progress() < ENOUGH_TO_TELL || state.progress() >= 100) {
            return "";
        }
        var left = elapsed.toMillis() * (100 - state.progress()) / state.progress();
        return "about " + clock(Duration.ofMillis(left)) + " left";
    }

    /** Minutes and seconds, such as {@code 1:05}. */
    public static String clock(Duration time) {
        return time.toMinutes() + ":" + String.format("%02d", time.toSecondsPart());
    }
}
