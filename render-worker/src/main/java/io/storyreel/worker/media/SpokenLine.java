package io.storyreel.worker.media;

import io.storyreel.common.storyboard.VoiceFit;

import java.time.Duration;

/**
 * A line of the script whose voice is known.
 *
 * @param line its place in the script, from 0
 * @param spoken measured length of the voice, without silence around it
 * @param slot the length the storyboard gives it; null for its natural one
 */
public record SpokenLine(int line, int sceneIndex, Duration spoken, Duration slot, VoiceFit fit) {}
