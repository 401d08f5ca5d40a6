package io.storyreel.worker.media;

import io.storyreel.common.storyboard.VoiceFit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The voices of one scene fitted into it, and the scene's length after that. */
record SceneSpeech(int sceneIndex, Duration sceneLength, List<Fitted> lines) {

    /** Faster than this, a voice no longer sounds natural. */
    static final double HIGHEST_TEMPO = 1.15;

    /**
     * @param offset from the start of the scene
     * @param length after speeding up
     */
    record Fitted(int line, Duration offset, Duration length, double tempo) {}

    static SceneSpeech fit(PlannedScene scene, List<SpokenLine> lines, int framesPerSecond) {
        var laid = lay(scene, lines, 1, true);
        if (laid.end().compareTo(scene.duration()) <= 0) {
            return new SceneSpeech(scene.sceneIndex(), scene.duration(), laid.lines());
        }
        boolean stretch = lines.stream().anyMatch(line -> line.fit() == VoiceFit.STRETCH);
        if (stretch) {
            return new SceneSpeech(scene.sceneIndex(), wholeFrames(laid.end(), framesPerSecond), laid.lines());
        }
        return new SceneSpeech(scene.sceneIndex(), scene.duration(), hurry(scene, lines));
    }

    List<TimedVoice> voicesFrom(long firstSample) {
        return lines.stream()
                .map(line -> new TimedVoice(
                        line.line(),
                        sceneIndex,
                        firstSample + Math.round(line.offset().toNanos() / 1e9 * Timeline.SAMPLE_RATE),
                        line.length(),
                        line.tempo()))
                .toList();
    }

    private record Laid(List<Fitted> lines, Duration end) {}

    /** Gives up the silence in the slots first, and speeds up only by what is still missing. */
    private static List<Fitted> hurry(PlannedScene scene, List<SpokenLine> lines) {
        var tight = lay(scene, lines, 1, false);
        double tempo = ratio(tight.end(), scene.duration());
        return lay(scene, lines, Math.max(1, tempo), false).lines();
    }

    private static Laid lay(PlannedScene scene, List<SpokenLine> lines, double hurry, boolean padded) {
        var fitted = new ArrayList<Fitted>();
        var at = Duration.ZERO;
        for (var line : lines) {
            double tempo = hurry * (line.slot() == null ? 1 : Math.max(1, ratio(line.spoken(), line.slot())));
            var length = Duration.ofNanos((long) (line.spoken().toNanos() / tempo));
            if (tempo > HIGHEST_TEMPO) {
                throw new ScriptTooLongException(scene.sceneIndex(), line.spoken(), length);
            }
            fitted.add(new Fitted(line.line(), at, length, tempo));
            at = at.plus(padded && line.slot() != null ? line.slot() : length);
        }
        return new Laid(fitted, at);
    }

    private static double ratio(Duration needed, Duration given) {
        return (double) needed.toNanos() / given.toNanos();
    }

    private static Duration wholeFrames(Duration length, int framesPerSecond) {
        double frames = Math.ceil(length.toNanos() / 1e9 * framesPerSecond - 1e-6);
        return Duration.ofNanos(Math.round(frames * 1e9 / framesPerSecond));
    }
}
