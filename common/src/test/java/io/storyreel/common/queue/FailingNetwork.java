package io.storyreel.common.queue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Carries connections to a port of this machine, until those that are open fall silent without being closed. */
final class FailingNetwork implements AutoCloseable {
    private final ServerSocket entrance;
    private final int destination;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Path> open = new ConcurrentLinkedQueue<>();

    private static final class Path {
        private final Socket near;
        private final Socket far;
        private volatile boolean silent;

        private Path(Socket near, Socket far) {
            this.near = near;
            this.far = far;
        }
    }

    FailingNetwork(int destination) throws IOException {
        this.destination = destination;
        this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** What is sent on the connections of this moment gets lost from now on; new ones work. */
    void losePackets() {
        open.forEach(path -> path.silent = true);
    }

    private void accept() {
        try {
            while (!entrance.isClosed()) {
                Socket near = entrance.accept();
                Path path = new Path(near, new Socket(InetAddress.getLoopbackAddress(), destination));
                open.add(path);
                threads.execute(() -> carry(path, path.near, path.far));
                threads.execute(() -> carry(path, path.far, path.near));
            }
        } catch (IOException closed) {
            threads.shutdown();
        }
    }

    private static void carry(Path path, Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] packet = new byte[8192];
            for (int length = in.read(packet); length >= 0; length = in.read(packet)) {
                if (!path.silent) {
                    out.write(packet, 0, length);
                }
            }
        } catch (IOException hungUp) {
            path.silent = true;
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        for (Path path : open) {
            path.near.close();
            path.far.close();
        }
        threads.shutdownNow();
    }
}
