package io.storyreel.common.project;

import io.storyreel.common.storyboard.Scene;
import io.storyreel.common.storyboard.Storyboard;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A project as it stands, read with its row locked: until the transaction ends nobody else changes it.
 *
 * @param specDigest of the storyboard
 * @param version goes up with every change
 */
public record LockedProject(
        UUID id, UUID workspaceId, Storyboard storyboard, String specDigest, boolean approved, int version) {

    /** The scene of that number, or null. */
    public Scene scene(int number) {
        return storyboard.scenes().stream()
                .filter(scene -> scene.sceneIndex() == number)
                .findFirst()
                .orElse(null);
    }

    /** The storyboard with this scene in the place of the one of the same number. */
    public Storyboard with(Scene changed) {
        List<Scene> scenes = new ArrayList<>(storyboard.scenes());
        scenes.replaceAll(scene -> scene.sceneIndex().equals(changed.sceneIndex()) ? changed : scene);
        return new Storyboard(
                scenes,
                storyboard.script(),
                storyboard.backgroundMusic(),
                storyboard.output(),
                storyboard.aspectRatio());
    }
}
