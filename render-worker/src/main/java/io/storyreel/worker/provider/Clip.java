package io.storyreel.worker.provider;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** The moving picture of a scene, kept in the object store under {@code key}. */
@RegisterForReflection
public record Clip(String key) {}
