package io.storyreel.worker.media;

import io.storyreel.common.storyboard.Transition;

import java.time.Duration;

/**
 * A scene as the storyboard plans it.
 *
 * @param transition how it begins
 */
public record PlannedScene(int sceneIndex, Duration duration, Transition transition) {}
