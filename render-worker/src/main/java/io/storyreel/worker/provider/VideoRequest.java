package io.storyreel.worker.provider;

import io.storyreel.common.storyboard.Storyboard;

import java.util.UUID;

/** A whole video wanted. */
public record VideoRequest(UUID jobId, Storyboard storyboard) {}
