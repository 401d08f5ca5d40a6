package io.storyreel.worker.provider;

/** Makes the moving picture of one scene, or of a part of it. */
public interface ClipProvider extends TaskProvider<ClipRequest, RemoteFile> {}
