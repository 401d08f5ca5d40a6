package io.storyreel.worker.render;

import io.storyreel.common.storyboard.Scene;
import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.common.storyboard.StoryboardRules;
import io.storyreel.worker.media.Caption;
import io.storyreel.worker.media.Captions;
import io.storyreel.worker.media.PlannedScene;
import io.storyreel.worker.media.SpokenLine;
import io.storyreel.worker.media.Timeline;
import io.storyreel.worker.render.Render.Spoken;
import io.storyreel.worker.run.JobFailure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * When everything is seen, heard and read.
 *
 * @param captions the script on the screen; with the voices, or over the scenes where nobody speaks
 */
record ScenePlan(Timeline timeline, List<Caption> captions) {

    /** Voices may stretch a video to twice what a storyboard may plan. */
    static final Duration LONGEST_VIDEO = duration(2 * StoryboardRules.MAX_TOTAL_SECONDS);

    /**
     * @param voices one for each spoken line, or none if nobody speaks
     * @throws io.storyreel.worker.media.ScriptTooLongException if a line does not fit
     * @throws JobFailure {@code script_too_long} if the voices stretch the video beyond {@link #LONGEST_VIDEO}
     */
    static ScenePlan of(Render render, List<PreparedSound> voices) {
        List<PlannedScene> scenes = scenes(render.storyboard());
        int fps = render.storyboard().output().fps();
        List<Spoken> spoken = render.spoken();
        List<SpokenLine> heard = new ArrayList<>();
        for (int i = 0; i < voices.size(); i++) {
            heard.add(line(spoken.get(i), voices.get(i).sounding()));
        }
        Timeline timeline = Timeline.plan(scenes, heard, fps);
        requireBounded(timeline, scenes);
        Timeline read = voices.isEmpty() ? Timeline.plan(scenes, unspoken(render, spoken), fps) : timeline;
        return new ScenePlan(
                timeline,
                Captions.of(read, line -> render.storyboard().script().get(line).text()));
    }

    /** What is seen, where the voices are somebody else's business: no captions. */
    static ScenePlan unspoken(Storyboard storyboard) {
        Timeline timeline =
                Timeline.plan(scenes(storyboard), List.of(), storyboard.output().fps());
        return new ScenePlan(timeline, List.of());
    }

    private static List<PlannedScene> scenes(Storyboard storyboard) {
        return storyboard.scenes().stream()
                .map(scene -> new PlannedScene(scene.sceneIndex(), duration(scene.duration()), scene.transition()))
                .toList();
    }

    private static void requireBounded(Timeline timeline, List<PlannedScene> planned) {
        if (timeline.length().compareTo(LONGEST_VIDEO) <= 0) {
            return;
        }
        int most = IntStream.range(0, planned.size())
                .boxed()
                .max(Comparator.comparing(
                        k -> length(timeline, k).minus(planned.get(k).duration())))
                .orElseThrow();
        PlannedScene stretched = planned.get(most);
        throw JobFailure.lasting(
                        "script_too_long",
                        String.format(
                                Locale.ROOT,
                                "script: its voices stretch the video to %.1f s, and it may last %d s at most; scene %d is"
                                        + " stretched most, from %.1f s to %.1f s: shorten its text, or its duration in the script",
                                seconds(timeline.length()),
                                LONGEST_VIDEO.toSeconds(),
                                stretched.sceneIndex(),
                                seconds(stretched.duration()),
                                seconds(length(timeline, most))))
                .ofScene(stretched.sceneIndex());
    }

    private static Duration length(Timeline timeline, int scene) {
        return timeline.time(timeline.scenes().get(scene).frames());
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /** Where nobody speaks a line is read as long as its slot, or as its scene if that is shorter. */
    private static List<SpokenLine> unspoken(Render render, List<Spoken> spoken) {
        return spoken.stream()
                .map(line -> {
                    double scene = render.storyboard().scenes().stream()
                            .filter(candidate -> candidate.sceneIndex() == line.sceneIndex())
                            .mapToDouble(Scene::duration)
                            .findFirst()
                            .orElseThrow();
                    Double slot = line.text().duration();
                    double seconds = slot == null ? scene : Math.min(slot, scene);
                    return new SpokenLine(
                            line.line(),
                            line.sceneIndex(),
                            duration(seconds),
                            null,
                            line.text().fit());
                })
                .toList();
    }

    private static SpokenLine line(Spoken spoken, Duration sounding) {
        Double slot = spoken.text().duration();
        return new SpokenLine(
                spoken.line(),
                spoken.sceneIndex(),
                sounding,
                slot == null ? null : duration(slot),
                spoken.text().fit());
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }
}
