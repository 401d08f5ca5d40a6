package io.storyreel.common.scene;

import java.math.BigDecimal;
import java.util.UUID;

/**
 * A picture and description that a scene shows, has shown, or is to show.
 *
 * @param scene its present number
 * @param jobId who makes the picture or has made it; null: nobody had to
 * @param variant tells apart the pictures of the same words in a project; null: made of none
 * @param refinement whether it counts as a refinement
 * @param cost in USD, exact: what it adds to the estimate
 * @param taken whether the scene has ever shown it
 * @param current whether the scene showed it when it was last changed here
 */
public record SceneVersion(
        UUID id,
        UUID projectId,
        int scene,
        WishedContent wished,
        UUID jobId,
        Integer variant,
        boolean refinement,
        BigDecimal cost,
        boolean taken,
        boolean current) {

    public SceneContent content() {
        return wished.content();
    }

    /** Whether its picture has still to be made, or was not. */
    public boolean lacksPicture() {
        return jobId != null && content().imageUrl() == null;
    }

    SceneVersion saying(WishedContent content) {
        return new SceneVersion(id, projectId, scene, content, jobId, variant, refinement, cost, taken, current);
    }
}
