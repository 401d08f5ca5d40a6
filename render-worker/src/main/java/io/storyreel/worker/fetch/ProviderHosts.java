package io.storyreel.worker.fetch;

import io.storyreel.common.address.AddressCheck;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The hosts that the operator has named, and that providers' files may therefore lie on wherever they are. */
final class ProviderHosts {
    private final Set<String> named;

    /** @param entries see {@link ResultSettings#providerHosts}; blank ones count for nothing */
    ProviderHosts(List<String> entries) {
        this.named = entries.stream()
                .map(String::trim)
                .filter(entry -> !entry.isEmpty())
                .map(ProviderHosts::origin)
                .collect(Collectors.toUnmodifiableSet());
    }

    boolean contain(WebAddress address) {
        String host = AddressCheck.plain(address.host());
        return named.contains(host) || named.contains(host + " " + address.port());
    }

    /** Only one port of an address: others of the same machine may belong to its database. */
    private static String origin(String entry) {
        try {
            if (entry.contains("://")) {
                WebAddress address = WebAddress.parse(entry);
                return AddressCheck.plain(address.host()) + " " + address.port();
            }
            WebAddress host = WebAddress.parse("http://" + entry);
            String name = AddressCheck.plain(host.host());
            return host.uri().getPort() < 0 ? name : name + " " + host.port();
        } catch (FetchException e) {
            throw new IllegalArgumentException(
                    "storyreel.results.provider-hosts: " + entry
                            + " is no host: write host, host:port or http://host:port",
                    e);
        }
    }
}
