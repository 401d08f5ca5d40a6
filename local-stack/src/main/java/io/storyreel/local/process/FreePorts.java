package io.storyreel.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of the loopback interface. */
public final class FreePorts {
    /** Below those that systems give to outgoing connections: one of them could take the port before its server does. */
    private static final int LOWEST = 20_000;

    private static final int COUNT = 12_000;
    private static final int TRIES = 100;

    private FreePorts() {}

    /** A port nobody listens on at this moment; drawn, so that two who look at once hardly find the same. */
    public static int next() throws IOException {
        for (int i = 0; i < TRIES; i++) {
            int port = LOWEST + ThreadLocalRandom.current().nextInt(COUNT);
            if (isFree(port)) {
                return port;
            }
        }
        return anyAtAll();
    }

    private static int anyAtAll() throws IOException {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return socket.getLocalPort();
        }
    }

    public static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
