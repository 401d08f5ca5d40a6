package io.storyreel.worker.media;

import io.storyreel.common.storyboard.Transition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * When each scene is seen and each voice is heard. Transitions overlap nothing, so the video is as long as its scenes
 * together, rounded once to a frame; every scene starts on a frame, and its first voice exactly then.
 *
 * @param framesPerSecond of the video
 */
public record Timeline(int framesPerSecond, List<TimedScene> scenes, List<TimedVoice> voices) {

    /** Sound is laid out in samples of this rate. */
    public static final int SAMPLE_RATE = 48_000;

    /** The longest transition, in seconds; a quarter of the shorter neighbour where that is less. */
    private static final double LONGEST_TRANSITION = 0.5;

    private static final int SHARE_OF_SCENE = 4;

    public Timeline {
        scenes = List.copyOf(scenes);
        voices = List.copyOf(voices);
    }

    /**
     * Lays the scenes and lines one after another, in the given order.
     *
     * @param lines those of one scene follow each other
     * @throws ScriptTooLongException when a line would have to be spoken more than 1.15 times as fast
     */
    public static Timeline plan(List<PlannedScene> scenes, List<SpokenLine> lines, int framesPerSecond) {
        var speeches = new ArrayList<SceneSpeech>();
        for (var scene : scenes) {
            var own = lines.stream()
                    .filter(line -> line.sceneIndex() == scene.sceneIndex())
                    .toList();
            speeches.add(SceneSpeech.fit(scene, own, framesPerSecond));
        }
        var timed = place(scenes, speeches, framesPerSecond);
        var voices = new ArrayList<TimedVoice>();
        for (int k = 0; k < timed.size(); k++) {
            long firstSample = timed.get(k).startFrame() * SAMPLE_RATE / framesPerSecond;
            voices.addAll(speeches.get(k).voicesFrom(firstSample));
        }
        return new Timeline(framesPerSecond, timed, voices);
    }

    public long frames() {
        return scenes.stream().mapToLong(TimedScene::frames).sum();
    }

    public long samples() {
        return frames() * SAMPLE_RATE / framesPerSecond;
    }

    public Duration length() {
        return time(frames());
    }

    /** The moment at which a frame appears. */
    public Duration time(long frame) {
        return Duration.ofNanos(Math.round(frame * 1e9 / framesPerSecond));
    }

    private static List<TimedScene> place(List<PlannedScene> scenes, List<SceneSpeech> speeches, int fps) {
        var frames = new ArrayList<Integer>();
        var elapsed = Duration.ZERO;
        long placed = 0;
        for (var speech : speeches) {
            elapsed = elapsed.plus(speech.sceneLength());
            // Rounding the sum, not the parts: a hundred thirds of a second stay 33.333 s.
            long end = Math.max(placed + 1, Math.round(elapsed.toNanos() / 1e9 * fps));
            frames.add((int) (end - placed));
            placed = end;
        }
        var timed = new ArrayList<TimedScene>();
        long start = 0;
        for (int k = 0; k < scenes.size(); k++) {
            int before = k == 0 ? frames.get(0) : frames.get(k - 1);
            int length = transitionFrames(Math.min(before, frames.get(k)), fps);
            var transition = effective(scenes.get(k).transition(), k == 0, length);
            timed.add(new TimedScene(
                    scenes.get(k).sceneIndex(),
                    start,
                    frames.get(k),
                    transition,
                    transition == Transition.NONE ? 0 : length));
            start += frames.get(k);
        }
        return timed;
    }

    private static int transitionFrames(int shorterNeighbour, int fps) {
        return Math.min((int) (LONGEST_TRANSITION * fps), shorterNeighbour / SHARE_OF_SCENE);
    }

    private static Transition effective(Transition wanted, boolean first, int frames) {
        boolean cut = wanted == Transition.CUT || frames == 0 || (first && wanted != Transition.FADE);
        return cut ? Transition.NONE : wanted;
    }
}
