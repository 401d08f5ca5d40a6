package io.storyreel.worker.media;

import java.util.List;

/**
 * All that makes one video.
 *
 * @param visuals one per scene of the timeline, in its order
 * @param voices one per voice of the timeline, in its order
 * @param music null for none
 * @param burned captions to draw into the picture; empty for none
 */
public record Composition(
        Canvas canvas,
        Container container,
        Timeline timeline,
        List<SceneVisual> visuals,
        List<Audio> voices,
        Music music,
        List<Caption> burned) {

    public Composition {
        visuals = List.copyOf(visuals);
        voices = List.copyOf(voices);
        burned = List.copyOf(burned);
        if (visuals.size() != timeline.scenes().size() || visuals.isEmpty()) {
            throw new IllegalArgumentException(
                    timeline.scenes().size() + " scenes cannot show " + visuals.size() + " visuals");
        }
        if (voices.size() != timeline.voices().size()) {
            throw new IllegalArgumentException(
                    timeline.voices().size() + " voices planned, " + voices.size() + " given");
        }
    }
}
