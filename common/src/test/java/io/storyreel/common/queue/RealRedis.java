package io.storyreel.common.queue;

import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import redis.embedded.RedisServer;

import java.io.IOException;
import java.net.ServerSocket;

/** A Redis of the test's own. */
final class RealRedis implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final int port;
    private RedisServer server;

    RealRedis() throws IOException {
        port = freePort();
        start();
    }

    void start() throws IOException {
        server = RedisServer.newRedisServer().port(port).setting("save \"\"").build();
        server.start();
    }

    void stop() throws IOException {
        server.stop();
    }

    int port() {
        return port;
    }

    Redis client() {
        return client(port);
    }

    /** By way of another port. */
    Redis client(int by) {
        return Redis.createClient(
                vertx,
                new RedisOptions()
                        .setConnectionString("redis://127.0.0.1:" + by)
                        .setMaxPoolSize(16));
    }

    @Override
    public void close() throws IOException {
        vertx.closeAndAwait();
        server.stop();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
