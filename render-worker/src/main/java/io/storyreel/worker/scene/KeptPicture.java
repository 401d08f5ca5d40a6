package io.storyreel.worker.scene;

import io.storyreel.common.storyboard.AssetReference;

/**
 * A picture that the object store has under its digest, as it has those that users uploaded.
 *
 * @param size in bytes
 */
record KeptPicture(AssetReference reference, String mediaType, long size) {}
