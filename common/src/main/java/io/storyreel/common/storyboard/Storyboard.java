package io.storyreel.common.storyboard;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Everything that shapes the finished video: the scenes in the order of their index, what is said, the music below it
 * and the file wanted. Immutable; {@link StoryboardRules} tells whether it can be rendered.
 *
 * <p>The JSON form is the one of the custom render contract, extended by {@code motion}, {@code image_prompt},
 * {@code description}, {@code motion_prompt}, {@code fit}, {@code script[].scene_index}, {@code aspect_ratio} and
 * {@code burn_captions}.
 *
 * @param scenes 1 to 100, sorted by index whatever the order they were given in
 * @param script 0 to 100 lines; a line without a scene index belongs to the scene of the same position
 * @param backgroundMusic the music, or null for none
 * @param output the file wanted; defaults to 1080p MP4 at 30 fps
 * @param aspectRatio shape of the picture; defaults to 16:9
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Storyboard(
        @JsonProperty("storyboard") List<Scene> scenes,
        List<ScriptLine> script,
        BackgroundMusic backgroundMusic,
        OutputSpec output,
        AspectRatio aspectRatio) {

    public Storyboard {
        scenes = scenes == null ? List.of() : inOrder(scenes);
        script = script == null
                ? List.of()
                : script.stream().filter(Objects::nonNull).toList();
        output = output == null ? OutputSpec.DEFAULT : output;
        aspectRatio = aspectRatio == null ? AspectRatio.LANDSCAPE : aspectRatio;
    }

    /** Sum of the scenes' planned lengths in seconds; a voice longer than its scene may stretch the video beyond it. */
    @JsonIgnore
    public double plannedSeconds() {
        return scenes.stream()
                .map(Scene::duration)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    /** The line spoken over the scene at {@code position} (0-based, in order), or null if nobody speaks there. */
    public ScriptLine lineOfSceneAt(int position) {
        Integer index = scenes.get(position).sceneIndex();
        for (int i = 0; i < script.size(); i++) {
            Integer wanted = script.get(i).sceneIndex();
            if (wanted == null ? i == position : wanted.equals(index)) {
                return script.get(i);
            }
        }
        return null;
    }

    /** Indexes of the scenes that have a prompt but no picture yet and so cannot be rendered. */
    @JsonIgnore
    public List<Integer> scenesWithoutImage() {
        return scenes.stream()
                .filter(scene -> scene.imageUrl() == null)
                .map(Scene::sceneIndex)
                .toList();
    }

    private static List<Scene> inOrder(List<Scene> scenes) {
        return scenes.stream()
                .filter(Objects::nonNull)
                .sorted(Comparator.comparing(Scene::sceneIndex, Comparator.nullsLast(Comparator.naturalOrder())))
                .toList();
    }
}
