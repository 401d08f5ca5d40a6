package io.storyreel.worker.provider;

/**
 * A file that a provider has made and holds for us, for a while.
 *
 * @param size in bytes; null if the provider does not say
 * @param sha256 64 hex digits; null if the provider does not say
 * @param authorization value of the Authorization header to send if the file is not to be had without; null for never.
 *     It is sent to the host of {@code url} only, never after a redirect, so {@code url} must be on a trusted host
 */
public record RemoteFile(String url, Long size, String sha256, String authorization) implements MadeVideo {

    public static RemoteFile at(String url) {
        return new RemoteFile(url, null, null, null);
    }
}
