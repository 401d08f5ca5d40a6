package io.storyreel.worker.fetch;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keeps users' addresses out of our own network. A name is looked up once and the checked address is the one to connect
 * to, so an answer that changes between check and use changes nothing.
 */
@ApplicationScoped
public class AddressGuard {
    private final HostResolver resolver;
    private final FetchSettings settings;
    private final Set<String> exempt;

    public AddressGuard(HostResolver resolver, FetchSettings settings) {
        this.resolver = resolver;
        this.settings = settings;
        this.exempt = settings.allowedHosts().orElse(List.of()).stream()
                .map(AddressGuard::plain)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The address to connect to for {@code host}.
     *
     * @return fails with {@link FetchException}: lasting if any of its addresses is not public, passing if the name
     *     cannot be looked up right now
     */
    public Uni<InetAddress> check(String host) {
        return check(host, false);
    }

    /** @param evenPrivate for a host that the operator has named, and that may therefore lie in a private network */
    Uni<InetAddress> check(String host, boolean evenPrivate) {
        String name = plain(host);
        boolean allowed = evenPrivate || exempt.contains(name);
        return Uni.createFrom()
                .item(() -> lookUp(name))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .ifNoItem()
                .after(settings.connectTimeout())
                .failWith(() -> FetchException.passing("the name " + name + " could not be looked up in time", null))
                .map(addresses -> firstAllowed(name, addresses, allowed));
    }

    private List<InetAddress> lookUp(String name) {
        try {
            return resolver.resolve(name);
        } catch (UnknownHostException e) {
            throw FetchException.passing("the name " + name + " is not known: check the address", e);
        }
    }

    private InetAddress firstAllowed(String name, List<InetAddress> addresses, boolean evenPrivate) {
        if (addresses.isEmpty()) {
            throw FetchException.passing("the name " + name + " has no address", null);
        }
        // All of them, not only the first: a name that mixes public and private answers is up to something.
        if (!evenPrivate && !addresses.stream().allMatch(PublicAddresses::contain)) {
            throw FetchException.lasting(
                    "the address " + name + " leads into a private network: give one that everybody can reach");
        }
        return addresses.get(0);
    }

    /** Without the brackets of an IPv6 address and the dot that ends a full name. */
    static String plain(String host) {
        String name = host.trim().toLowerCase(Locale.ROOT);
        if (name.startsWith("[") && name.endsWith("]")) {
            return name.substring(1, name.length() - 1);
        }
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
