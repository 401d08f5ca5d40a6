package io.storyreel.worker.provider;

import java.util.List;

/** Makes a picture from words. */
public interface ImageProvider extends TaskProvider<ImageRequest, RemoteFile> {

    @Override
    default List<String> circuits() {
        return List.of(name() + "-image", name() + "-poll");
    }
}
