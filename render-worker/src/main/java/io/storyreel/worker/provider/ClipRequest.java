package io.storyreel.worker.provider;

import io.storyreel.common.storyboard.Scene;

import java.util.UUID;

/**
 * A clip wanted.
 *
 * @param imageKey the scene's picture in the object store
 * @param seconds how long the scene stands
 */
public record ClipRequest(UUID jobId, Scene scene, String imageKey, double seconds) {}
