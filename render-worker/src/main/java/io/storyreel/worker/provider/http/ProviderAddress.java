package io.storyreel.worker.provider.http;

import io.storyreel.worker.provider.ProviderRefusedException;
import io.storyreel.worker.provider.ProviderRefusedException.Reason;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a provider is reached, as it stands in the configuration. A key goes there, so it must be encrypted on its way;
 * only what stays on this machine may do without.
 */
public final class ProviderAddress {
    private final String base;
    private final String missing;

    private ProviderAddress(String base, String missing) {
        this.base = base;
        this.missing = missing;
    }

    /**
     * @param setting the name of the setting as users know it, such as {@code RUNWAYML_API_URL}
     * @param value null or blank for none; with or without a path, and a slash at its end
     */
    public static ProviderAddress of(String setting, String value) {
        String text = value == null ? "" : value.strip();
        if (text.isEmpty()) {
            return new ProviderAddress(null, setting + " is not set: set it to the provider's address");
        }
        URI uri = parsed(text);
        if (uri == null
                || uri.getHost() == null
                || uri.getUserInfo() != null
                || uri.getQuery() != null
                || uri.getFragment() != null) {
            return new ProviderAddress(
                    null,
                    setting + " is not an address such as https://host/path, without a name, a query or a fragment");
        }
        boolean encrypted = "https".equalsIgnoreCase(uri.getScheme());
        if (!encrypted && !("http".equalsIgnoreCase(uri.getScheme()) && isLoopback(uri.getHost()))) {
            return new ProviderAddress(
                    null,
                    setting + " must begin with https://, because a key is sent there; http:// is for this machine");
        }
        return new ProviderAddress(text.replaceAll("/+$", ""), null);
    }

    /** What is wrong with it, naming the setting; null if it can be used. */
    public String missing() {
        return missing;
    }

    /**
     * The address of a path.
     *
     * @param path begins with a slash
     * @throws ProviderRefusedException if there is no address that can be used
     */
    public String at(String path) {
        if (missing != null) {
            throw new ProviderRefusedException(Reason.ACCESS, missing);
        }
        return base + path;
    }

    private static URI parsed(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException notAnAddress) {
            return null;
        }
    }

    /** By its text alone: what a name resolves to may change between the check and the call. */
    private static boolean isLoopback(String host) {
        return "localhost".equalsIgnoreCase(host) || "[::1]".equals(host) || host.matches("127(\\.\\d{1,3}){3}");
    }
}
