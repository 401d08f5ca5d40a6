package io.storyreel.worker.provider;

import io.storyreel.common.storyboard.Storyboard;

import java.util.Map;
import java.util.UUID;

/**
 * A whole video wanted.
 *
 * @param images where the provider can read each scene's picture, by scene index; empty for one that needs none
 * @param music where it can read the music; null for none
 */
public record VideoRequest(UUID jobId, Storyboard storyboard, Map<Integer, String> images, String music) {}
