package io.storyreel.worker.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.worker.media.Darkness;
import io.storyreel.worker.media.MediaFile;
import io.storyreel.worker.media.MediaProbe;
import io.storyreel.worker.media.TimedScene;
import io.storyreel.worker.media.TimedVoice;
import io.storyreel.worker.media.Timeline;
import io.storyreel.worker.media.UnreadableMediaException;
import jakarta.enterprise.context.ApplicationScoped;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The fifth stage: whether the file is the video that was planned. Nobody gets to see one that is not. */
@ApplicationScoped
class Verify {
    private static final long LEAST_BYTES = 1_024;
    private static final Duration TOLERANCE = Duration.ofMillis(250);

    private final MediaProbe probe;

    Verify(MediaProbe probe) {
        this.probe = probe;
    }

    /** @param warnings for the user, such as a scene that is black because its picture is */
    record Verified(MediaFile media, List<String> warnings) {}

    /** Fails with {@link FlawedVideoException} if the file is not what was planned. */
    Uni<Verified> verify(Path file, ScenePlan plan, List<PreparedSound> voices) {
        return RenderFiles.blocking(() -> Files.size(file))
                .invoke(size -> require(size >= LEAST_BYTES, "the file has only " + size + " bytes"))
                .chain(() -> probe.media(file))
                .invoke(media -> checkStreams(media, plan.timeline()))
                .chain(media -> probe.darkness(media).map(dark -> new Verified(media, warnings(dark, plan, voices))))
                .onFailure(UnreadableMediaException.class)
                .transform(broken -> new FlawedVideoException("the file " + broken.getMessage()));
    }

    private static void checkStreams(MediaFile media, Timeline timeline) {
        require(media.video().isPresent(), "the file has no picture");
        require(media.sound().isPresent(), "the file has no sound");
        Duration off = media.length().minus(timeline.length()).abs();
        require(
                off.compareTo(TOLERANCE) <= 0,
                "the file lasts " + media.length().toMillis() + " ms, planned were "
                        + timeline.length().toMillis() + " ms");
    }

    /** One black scene may be as its picture is; a video that is black throughout is broken. */
    private static List<String> warnings(Darkness dark, ScenePlan plan, List<PreparedSound> voices) {
        List<String> warnings = new ArrayList<>();
        Timeline timeline = plan.timeline();
        List<TimedScene> black = timeline.scenes().stream()
                .filter(scene -> dark.blackAt(timeline.time((scene.startFrame() + scene.endFrame()) / 2)))
                .toList();
        require(black.size() < timeline.scenes().size() || black.size() == 1, "the picture is black throughout");
        black.forEach(scene -> warnings.add("Scene " + scene.sceneIndex() + " is black: look at its picture"));
        for (int i = 0; i < timeline.voices().size(); i++) {
            TimedVoice voice = timeline.voices().get(i);
            boolean unheard = dark.silentDuring(voice.start(), voice.end());
            if (voices.get(i).silent()) {
                warnings.add("The voice of scene " + voice.sceneIndex() + " is silent: look at its text");
            } else {
                require(!unheard, "scene " + voice.sceneIndex() + " is silent where its voice should be heard");
            }
        }
        return warnings;
    }

    private static void require(boolean condition, String flaw) {
        if (!condition) {
            throw new FlawedVideoException(flaw);
        }
    }
}
