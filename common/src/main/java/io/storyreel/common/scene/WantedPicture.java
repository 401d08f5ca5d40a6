package io.storyreel.common.scene;

import java.math.BigDecimal;
import java.util.UUID;

/**
 * A picture that somebody wants for a scene.
 *
 * @param prompt what it is to show
 * @param description to come with it; null: the scene keeps its own
 * @param refinement whether it counts as a refinement
 * @param cost in USD, exact: what it adds to the estimate
 * @param jobId who makes it
 */
public record WantedPicture(
        int scene, String prompt, String description, boolean refinement, BigDecimal cost, UUID jobId) {}
