package io.storyreel.common.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Looks names up. May block; never called on an event loop. */
@FunctionalInterface
public interface HostResolver {

    /** All addresses of the host, in the order they should be tried; an address written as text is its own answer. */
    List<InetAddress> resolve(String host) throws UnknownHostException;
}
