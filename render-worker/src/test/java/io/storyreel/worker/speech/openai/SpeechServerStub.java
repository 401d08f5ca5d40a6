package io.storyreel.worker.speech.openai;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A speech server that answers as the test says, one answer after the other; the last one for ever. */
public final class SpeechServerStub implements QuarkusTestResourceLifecycleManager {
    static final Answer SOUND = exchange -> send(exchange, 200, "RIFF");
    static final Answer SILENCE = exchange -> {};

    private static final List<Long> ASKED_AT = new CopyOnWriteArrayList<>();
    private static volatile List<Answer> answers = List.of(SOUND);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    /** What the server does with a request. */
    @FunctionalInterface
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    static void willAnswer(Answer... next) {
        ASKED_AT.clear();
        answers = List.of(next);
    }

    static int requests() {
        return ASKED_AT.size();
    }

    /** Between the arrivals of the first request and the second. */
    static Duration firstPause() {
        return Duration.ofNanos(ASKED_AT.get(1) - ASKED_AT.get(0));
    }

    static Answer error(int status, String code) {
        return exchange -> send(exchange, status, "{\"error\":{\"code\":\"" + code + "\"}}");
    }

    /** Overloaded, and says for how long. */
    static Answer busyFor(Duration pause) {
        return exchange -> {
            exchange.getResponseHeaders().add("retry-after-ms", Long.toString(pause.toMillis()));
            error(503, "overloaded").to(exchange);
        };
    }

    /** The same answer, later. */
    static Answer after(Duration pause, Answer answer) {
        return exchange -> CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    try {
                        answer.to(exchange);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/v1/audio/speech", SpeechServerStub::handle);
        server.start();
        return Map.of(
                "storyreel.speech.url",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
    }

    @Override
    public void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void handle(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        Answer answer;
        synchronized (ASKED_AT) {
            answer = answers.get(Math.min(ASKED_AT.size(), answers.size() - 1));
            ASKED_AT.add(System.nanoTime());
        }
        answer.to(exchange);
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
