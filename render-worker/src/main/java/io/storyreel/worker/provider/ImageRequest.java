package io.storyreel.worker.provider;

import io.storyreel.common.storyboard.AspectRatio;

import java.util.UUID;

/** A picture wanted. */
public record ImageRequest(UUID jobId, String prompt, AspectRatio ratio) {}
