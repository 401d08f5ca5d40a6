package io.storyreel.worker.provider;

import io.smallrye.mutiny.Uni;

import java.nio.file.Path;

/** Whether a video that was made elsewhere is the one that was ordered. */
public interface VideoCheck {

    /**
     * @param specDigest of the storyboard it was made of
     * @return fails with {@link BrokenResultException} if it is not as planned
     */
    Uni<Void> check(String specDigest, Path file);
}
