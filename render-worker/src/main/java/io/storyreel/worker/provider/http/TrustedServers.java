package io.storyreel.worker.provider.http;

import java.net.URI;
import java.util.Set;

/**
 * To whom a key may be sent when a provider's answer names an address.
 *
 * @param base the configured address: its server, by the same scheme and port
 * @param hosts others, by https on its usual port only
 */
public record TrustedServers(String base, Set<String> hosts) {
    public TrustedServers {
        hosts = Set.copyOf(hosts);
    }

    public boolean trust(String url) {
        try {
            URI told = URI.create(url);
            URI known = URI.create(base);
            if (told.getHost() == null || told.getScheme() == null || told.getUserInfo() != null) {
                return false;
            }
            boolean sameServer = told.getHost().equalsIgnoreCase(known.getHost())
                    && told.getPort() == known.getPort()
                    && told.getScheme().equalsIgnoreCase(known.getScheme());
            return sameServer
                    || (hosts.contains(told.getHost())
                            && told.getPort() == -1
                            && "https".equalsIgnoreCase(told.getScheme()));
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }

    /** {@code told} if the key may go there, else {@code otherwise}. */
    public String orElse(Object told, String otherwise) {
        return told instanceof String url && trust(url) ? url : otherwise;
    }
}
