package io.storyreel.worker.fetch;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.address.AddressCheck;
import io.storyreel.common.address.AddressException;
import io.storyreel.common.address.HostResolver;
import jakarta.enterprise.context.ApplicationScoped;

import java.net.InetAddress;
import java.util.List;

/** Keeps users' addresses out of our own network: see {@link AddressCheck}. */
@ApplicationScoped
public class AddressGuard {
    private final AddressCheck check;

    public AddressGuard(HostResolver resolver, FetchSettings settings) {
        this.check = new AddressCheck(resolver, settings.allowedHosts().orElse(List.of()), settings.connectTimeout());
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
        return check.check(host, evenPrivate)
                .onFailure(AddressException.class)
                .transform(failure -> failure.isPassing()
                        ? FetchException.passing(failure.getMessage(), failure)
                        : FetchException.lasting(failure.getMessage()));
    }
}
