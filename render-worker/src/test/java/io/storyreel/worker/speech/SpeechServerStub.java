package io.storyreel.worker.speech;

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
    public static final Answer SOUND = exchange -> send(exchange, 200, "RIFF");
    public static final Answer SILENCE = exchange -> {};

    private static final List<Long> ASKED_AT = new CopyOnWriteArrayList<>();
    private static volatile List<Answer> answers = List.of(SOUND);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    /** What the server does with a request. */
    @FunctionalInterface
    public interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    public static void willAnswer(Answer... next) {
        ASKED_AT.clear();
        answers = List.of(next);
    }

    public static int requests() {
        return ASKED_AT.size();
    }

    /** Between the arrivals of the first request and the second. */
    public static Duration firstPause() {
        return between(0, 1);
    }

    /** Between the arrivals of two requests, counted from 0. */
    public static Duration between(int one, int another) {
        return Duration.ofNanos(ASKED_AT.get(another) - ASKED_AT.get(one));
    }

    /** Announces more than it sends, and says what it has charged. */
    public static Answer broken(String charged) {
        return exchange -> {
            exchange.getResponseHeaders().add("character-cost", charged);
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write("RIFF".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            exchange.close();
        };
    }

    public static Answer error(int status, String code) {
        return exchange -> send(exchange, status, "{\"error\":{\"code\":\"" + code + "\"}}");
    }

    /** Overloaded, and says for how long. */
    public static Answer busyFor(Duration pause) {
        return unwilling(503, pause);
    }

    /** We are too fast, and for how long we have to wait. */
    public static Answer tooFast(Duration pause) {
        return unwilling(429, pause);
    }

    private static Answer unwilling(int status, Duration pause) {
        return exchange -> {
            exchange.getResponseHeaders().add("retry-after-ms", Long.toString(pause.toMillis()));
            error(status, "overloaded").to(exchange);
        };
    }

    /** The same answer, later. */
    public static Answer after(Duration pause, Answer answer) {
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
        server.createContext("/", SpeechServerStub::handle);
        server.start();
        String address = "http://127.0.0.1:" + server.getAddress().getPort();
        return Map.of("storyreel.speech.url", address + "/v1", "storyreel.elevenlabs.url", address);
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
