package io.storyreel.worker.provider;

/** Makes a picture from words. */
public interface ImageProvider extends TaskProvider<ImageRequest, RemoteFile> {}
