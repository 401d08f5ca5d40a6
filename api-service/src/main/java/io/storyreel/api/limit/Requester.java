package io.storyreel.api.limit;

import io.netty.util.NetUtil;
import io.storyreel.api.auth.Caller;
import io.vertx.core.net.SocketAddress;

import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;

/** Whose use is counted. */
sealed interface Requester {

    /** Tokens of the same subject and workspaces count together, so that a new token is no new allowance. */
    record Holder(String subject, Set<UUID> workspaces) implements Requester {}

    /** Whoever has an IPv6 address has a network of 64 bits to choose others from. */
    record Network(String prefix) implements Requester {}

    static Requester of(Caller caller) {
        return new Holder(caller.subject(), caller.workspaces());
    }

    /** @param address null if the connection has gone already */
    static Requester of(SocketAddress address) {
        String host = address == null ? null : address.hostAddress();
        byte[] bytes = host == null ? null : NetUtil.createByteArrayFromIpAddressString(host);
        return new Network(
                bytes == null || bytes.length == 4
                        ? String.valueOf(host)
                        : HexFormat.of().formatHex(bytes, 0, 8));
    }
}
