package io.storyreel.common.storage;

import io.storyreel.common.storyboard.AssetReference;

import java.util.UUID;

/** The one place that names files in the object store. */
public final class ObjectKeys {
    private ObjectKeys() {}

    /** Pictures, music and voices are stored under their digest, so the same file is stored once. */
    public static String asset(AssetReference asset) {
        return content(asset.sha256(), asset.extension());
    }

    public static String content(String sha256, String extension) {
        return "content/" + sha256.substring(0, 2) + "/" + sha256 + "." + extension;
    }

    /** A voice is found by the digest of what was asked for, not of its bytes: no two recordings are the same. */
    public static String speech(String digest, String extension) {
        return "speech/" + digest.substring(0, 2) + "/" + digest + "." + extension;
    }

    /** A clip or picture that was bought, found by the digest of what shaped it. */
    public static String bought(String purpose, String digest) {
        return purpose + "s/" + digest.substring(0, 2) + "/" + digest;
    }

    /** The finished video of a render, its poster and captions. */
    public static String render(UUID jobId, String fileName) {
        return "renders/" + jobId + "/" + fileName;
    }

    /** An export. Its content is in the name: of two workers that make it at once none spoils the other's file. */
    public static String export(UUID jobId, String sha256, String extension) {
        return "exports/" + jobId + "/" + sha256 + "." + extension;
    }
}
