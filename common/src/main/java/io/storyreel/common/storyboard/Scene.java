package io.storyreel.common.storyboard;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * One picture of the video and how long it stands.
 *
 * @param sceneIndex at least 1, unique in its storyboard; gaps are allowed
 * @param imageUrl the picture: an http(s) URL of at most 2,048 characters, or {@code asset://sha256/<digest>.<type>};
 *     null while it is still to be made from {@code imagePrompt}
 * @param imagePrompt what the picture is to show, 10 to 2,000 characters
 * @param duration seconds, 0.5 to 60
 * @param transition how this scene begins; defaults to a plain cut
 * @param motion the camera's move over a still picture; defaults to one chosen by the scene's place
 * @param description for people, at most 1,000 characters
 * @param motionPrompt what moves in a generated clip, at most 1,000 characters
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Scene(
        Integer sceneIndex,
        String imageUrl,
        String imagePrompt,
        Double duration,
        Transition transition,
        Motion motion,
        String description,
        String motionPrompt) {

    public Scene {
        transition = transition == null ? Transition.NONE : transition;
        motion = motion == null ? Motion.AUTO : motion;
    }
}
