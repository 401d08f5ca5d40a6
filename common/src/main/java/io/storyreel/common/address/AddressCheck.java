package io.storyreel.common.address;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keeps users' addresses out of our own network. A name is looked up once and the checked address is the one to connect
 * to, so an answer that changes between check and use changes nothing.
 */
public final class AddressCheck {
    private final HostResolver resolver;
    private final Duration limit;
    private final Set<String> exempt;

    /**
     * @param exempt hosts that may lie in a private network
     * @param limit how long a name may take to resolve
     */
    public AddressCheck(HostResolver resolver, Collection<String> exempt, Duration limit) {
        this.resolver = resolver;
        this.limit = limit;
        this.exempt = exempt.stream().map(AddressCheck::plain).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The address to connect to for {@code host}.
     *
     * @param evenPrivate for a host that the operator has named, and that may therefore lie in a private network
     * @return fails with {@link AddressException}: passing if the name cannot be looked up right now, else because one
     *     of its addresses is not public
     */
    public Uni<InetAddress> check(String host, boolean evenPrivate) {
        String name = plain(host);
        boolean allowed = evenPrivate || exempt.contains(name);
        return Uni.createFrom()
                .item(() -> lookUp(name))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .ifNoItem()
                .after(limit)
                .failWith(() -> passing("the name " + name + " could not be looked up in time", null))
                .map(addresses -> firstAllowed(name, addresses, allowed));
    }

    private List<InetAddress> lookUp(String name) {
        try {
            return resolver.resolve(name);
        } catch (UnknownHostException e) {
            throw passing("the name " + name + " is not known: check the address", e);
        }
    }

    private static InetAddress firstAllowed(String name, List<InetAddress> addresses, boolean evenPrivate) {
        if (addresses.isEmpty()) {
            throw passing("the name " + name + " has no address", null);
        }
        // All of them, not only the first: a name that mixes public and private answers is up to something.
        if (!evenPrivate && !addresses.stream().allMatch(PublicAddresses::contain)) {
            throw new AddressException(
                    "the address " + name + " leads into a private network: give one that everybody can reach",
                    false,
                    null);
        }
        return addresses.get(0);
    }

    private static AddressException passing(String message, Throwable cause) {
        return new AddressException(message, true, cause);
    }

    /** Without the brackets of an IPv6 address and the dot that ends a full name. */
    public static String plain(String host) {
        String name = host.trim().toLowerCase(Locale.ROOT);
        if (name.startsWith("[") && name.endsWith("]")) {
            return name.substring(1, name.length() - 1);
        }
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
