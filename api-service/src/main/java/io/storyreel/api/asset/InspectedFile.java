package io.storyreel.api.asset;

import io.storyreel.common.storyboard.AssetReference;

/**
 * A file that was found good.
 *
 * @param size in bytes
 */
record InspectedFile(AssetReference reference, FileType type, long size) {}
