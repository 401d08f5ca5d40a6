package io.storyreel.worker.provider;

import io.storyreel.common.storyboard.AspectRatio;

import java.util.UUID;

/**
 * A clip wanted.
 *
 * @param prompt what moves, in the user's words or in ours; never blank, at most 1,000 UTF-16 units
 * @param image the clip's first frame as a {@code data:image/jpeg;base64,} address of at most 3,000,000 characters, so
 *     that every vendor takes it and none has to reach our object store
 * @param seconds one of the lengths of the provider's offer
 * @param shortSide of the video it is for, in pixels: 480, 720, 1080 or 2160; a provider makes the nearest it can
 */
public record ClipRequest(UUID jobId, String prompt, String image, AspectRatio ratio, int seconds, int shortSide) {}
