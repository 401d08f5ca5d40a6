package io.storyreel.worker.provider;

/** Makes the whole video of a storyboard in one task. */
public interface VideoProvider extends TaskProvider<VideoRequest, MadeVideo> {}
