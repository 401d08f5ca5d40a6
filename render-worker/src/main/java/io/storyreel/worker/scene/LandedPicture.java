package io.storyreel.worker.scene;

import io.storyreel.common.scene.SceneVersion;
import io.vertx.core.json.JsonObject;

import java.util.UUID;

/**
 * A picture that the history of its scene has.
 *
 * @param scene its present number
 * @param shown whether the scene has come to show it
 */
record LandedPicture(UUID version, int scene, String imageUrl, boolean shown) {

    static LandedPicture of(SceneVersion version) {
        return new LandedPicture(
                version.id(), version.scene(), version.content().imageUrl(), version.taken());
    }

    /** For the job's row. */
    String json() {
        JsonObject image = new JsonObject()
                .put("version_id", version.toString())
                .put("scene_number", scene)
                .put("image_url", imageUrl)
                .put("shown", shown);
        return new JsonObject().put("image", image).encode();
    }

    /** For the user. */
    String words() {
        return shown
                ? "Scene " + scene + " has its new picture"
                : "The picture is in the history of scene " + scene + ", which shows what was wished for later";
    }
}
