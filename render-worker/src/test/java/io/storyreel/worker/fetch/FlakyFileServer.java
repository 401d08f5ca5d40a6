package io.storyreel.worker.fetch;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** A real server on loopback that behaves as badly as its paths are told to; it writes down what it was asked. */
final class FlakyFileServer {
    static final int SIZE = 3_000_000;

    final Buffer video = content(1);
    final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Map<String, BiConsumer<HttpServerRequest, Integer>> paths = new ConcurrentHashMap<>();
    private final HttpServer server;

    /** @param range null if none was asked for */
    record Asked(String path, String range, String ifRange, String authorization) {}

    FlakyFileServer(Vertx vertx) {
        server = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    /** Begins like an MP4, goes on at random. */
    static Buffer content(long seed) {
        byte[] bytes = new byte[SIZE];
        new Random(seed).nextBytes(bytes);
        return Buffer.buffer(bytes).setBytes(0, new byte[] {0, 0, 0, 0x20, 'f', 't', 'y', 'p', 'i', 's', 'o', 'm'});
    }

    int port() {
        return server.actualPort();
    }

    String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    /** @param answer also told how often the path was asked for before */
    void on(String path, BiConsumer<HttpServerRequest, Integer> answer) {
        paths.put(path, answer);
    }

    private void answer(HttpServerRequest request) {
        int before = (int)
                asked.stream().filter(one -> one.path().equals(request.path())).count();
        asked.add(new Asked(
                request.path(),
                request.getHeader("Range"),
                request.getHeader("If-Range"),
                request.getHeader("Authorization")));
        paths.getOrDefault(request.path(), (ignored, count) -> request.response()
                        .setStatusCode(404)
                        .end())
                .accept(request, before);
    }

    /** The file, or the part of it that is asked for, as a good server sends it. */
    void send(HttpServerRequest request) {
        cutAt(request, SIZE);
    }

    /** The same, but the connection is gone when {@code end} bytes of the file are through. */
    void cutAt(HttpServerRequest request, int end) {
        HttpServerResponse response = request.response();
        response.putHeader("ETag", "\"one\"");
        int first = first(request);
        if (first > 0) {
            response.setStatusCode(206).putHeader("Content-Range", "bytes " + first + "-" + (SIZE - 1) + "/" + SIZE);
        }
        response.putHeader("Content-Length", Integer.toString(SIZE - first));
        Buffer part = video.slice(first, end);
        if (end == SIZE) {
            response.end(part);
        } else {
            response.write(part).onSuccess(sent -> request.connection().close());
        }
    }

    static int first(HttpServerRequest request) {
        String range = request.getHeader("Range");
        return range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    }
}
