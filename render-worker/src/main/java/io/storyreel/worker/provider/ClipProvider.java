package io.storyreel.worker.provider;

/** Makes the moving picture of one scene. */
public interface ClipProvider extends TaskProvider<ClipRequest, Clip> {}
