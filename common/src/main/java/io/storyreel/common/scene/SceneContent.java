package io.storyreel.common.scene;

import io.storyreel.common.storyboard.Scene;

import java.util.Objects;

/**
 * What can be refined of a scene. Null: it has none.
 *
 * @param imagePrompt what the picture was made of, or is to be made of
 */
public record SceneContent(String imageUrl, String imagePrompt, String description) {

    public static SceneContent of(Scene scene) {
        return new SceneContent(scene.imageUrl(), scene.imagePrompt(), scene.description());
    }

    /** The scene with this content in the place of its own. */
    public Scene in(Scene scene) {
        return new Scene(
                scene.sceneIndex(),
                imageUrl,
                imagePrompt,
                scene.duration(),
                scene.transition(),
                scene.motion(),
                description,
                scene.motionPrompt());
    }

    boolean saysTheSame(String words) {
        return Objects.equals(description, words);
    }
}
