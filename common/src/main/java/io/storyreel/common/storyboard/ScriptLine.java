package io.storyreel.common.storyboard;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * What is said over one scene, starting exactly when the scene does.
 *
 * @param text plain text, 1 to 4,096 characters
 * @param voice neutral name of the voice, 1 to 64 characters; defaults to {@code default}
 * @param duration the slot in seconds, 0.5 to 60: shorter speech is padded, longer is sped up by at most 1.15; null
 *     for the natural length
 * @param fit what happens when the speech is longer than its scene; defaults to stretching the scene
 * @param sceneIndex the scene it belongs to; null for the scene of the same position
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ScriptLine(String text, String voice, Double duration, VoiceFit fit, Integer sceneIndex) {

    public static final String DEFAULT_VOICE = "default";

    public ScriptLine {
        voice = voice == null ? DEFAULT_VOICE : voice;
        fit = fit == null ? VoiceFit.STRETCH : fit;
    }
}
