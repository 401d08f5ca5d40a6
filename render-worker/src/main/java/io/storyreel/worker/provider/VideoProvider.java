package io.storyreel.worker.provider;

/** Makes the whole video of a storyboard in one task. */
public interface VideoProvider extends TaskProvider<VideoRequest, MadeVideo> {

    /** Whether it fetches the storyboard's pictures and music, which must be prepared for it then. */
    default boolean readsFiles() {
        return true;
    }
}
