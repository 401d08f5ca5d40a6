package io.storyreel.worker.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.storage.ObjectMissingException;
import io.storyreel.worker.provider.Clip;

import java.util.Map;

/**
 * The clips that the workspace has bought before, in this render or in any other.
 *
 * @param byDigest JSON of a {@link Clip} by the digest of what shaped it
 */
record MadeClips(Map<String, String> byDigest) {

    /** The clip, at hand; the item is null if there is none, or if its file is gone. */
    Uni<Clip> of(Render render, String digest) {
        String known = byDigest.get(digest);
        if (known == null) {
            return Uni.createFrom().nullItem();
        }
        Clip clip = SceneClips.clip(known);
        return render.files()
                .existing(clip.key())
                .replaceWith(clip)
                .onFailure(ObjectMissingException.class)
                .recoverWithItem((Clip) null);
    }

    boolean has(String digest) {
        return byDigest.containsKey(digest);
    }
}
