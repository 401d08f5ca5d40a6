package io.storyreel.worker.provider;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A vendor that answers as the test says, one answer after the other; the last one for ever. */
public final class LoopbackVendor implements AutoCloseable {
    /** Takes the request and never answers. */
    public static final Answer SILENCE = exchange -> {};

    /** Takes the request and hangs up. */
    public static final Answer HANGS_UP = exchange -> exchange.close();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile List<Answer> answers = List.of(SILENCE);

    /** What came in; the path with its query. */
    public record Request(String method, String path, Headers headers, String body, long nanos) {
        public JsonObject json() {
            return new JsonObject(body);
        }
    }

    /** What the vendor does with a request. */
    @FunctionalInterface
    public interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    public LoopbackVendor() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public static Answer json(int status, String body, String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        };
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Forgets what was. */
    public void willAnswer(Answer... next) {
        synchronized (requests) {
            requests.clear();
            answers = List.of(next);
        }
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Such as {@code GET /v1/tasks/1}, in order. */
    public List<String> calls() {
        return requests.stream()
                .map(request -> request.method() + " " + request.path())
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Answer answer;
        synchronized (requests) {
            answer = answers.get(Math.min(requests.size(), answers.size() - 1));
            requests.add(new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders(),
                    body,
                    System.nanoTime()));
        }
        answer.to(exchange);
    }
}
