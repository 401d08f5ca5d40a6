package io.storyreel.local.simulator.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.storyreel.local.process.LogSink;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * The one HTTP server of the simulator. An answer may come long after the call: meanwhile it holds a connection, but no
 * thread.
 */
public final class WireServer implements AutoCloseable {

    public static final String NAME = "simulator";
    private static final int THREADS = 48;
    private static final int BACKLOG = 1024;
    private static final int LARGEST_BODY = 32 << 20;
    private static final int SMALL_BODY = 64 << 10;

    static {
        // Read once by the JDK's server. Without the first, every small answer on a kept connection waits 40 ms for the
        // client's acknowledgement; with the defaults of the others it closes connections that clients still count on,
        // which looks like a lost answer to them.
        setUnlessSet("sun.net.httpserver.nodelay", "true");
        setUnlessSet("sun.net.httpserver.maxIdleConnections", "10000");
        setUnlessSet("sun.net.httpserver.idleInterval", "300");
    }

    private final int port;
    private final LogSink log;
    private final Function<HttpExchange, CompletionStage<Answer>> desk;
    /** Bytes of large bodies that may be read and parsed at once: pictures come inside JSON, to dozens of tasks together. */
    private final Semaphore room = new Semaphore(LARGEST_BODY);

    private HttpServer server;
    private ExecutorService threads;

    /** @param desk answers a call; must not block for long */
    public WireServer(int port, LogSink log, Function<HttpExchange, CompletionStage<Answer>> desk) {
        this.port = port;
        this.log = log;
        this.desk = desk;
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    public void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        threads = Executors.newFixedThreadPool(THREADS, WireServer::thread);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Harmless when it does not run. */
    @Override
    public void close() {
        if (server != null) {
            server.stop(0);
            threads.shutdownNow();
            server = null;
        }
    }

    /**
     * The body of a call.
     *
     * @throws IOException when the client goes away, or sends more than 32 MiB
     */
    public static byte[] body(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            throw new IOException("the body is larger than " + LARGEST_BODY + " bytes");
        }
        return body;
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, NAME);
        thread.setDaemon(true);
        return thread;
    }

    private void answer(HttpExchange exchange) {
        CompletionStage<Answer> answer;
        var size = size(exchange);
        room.acquireUninterruptibly(size);
        try {
            answer = desk.apply(exchange);
        } catch (RuntimeException e) {
            complain(exchange, e);
            exchange.close();
            return;
        } finally {
            room.release(size);
        }
        // An answer that is ready is written by this thread; a later one goes back to the pool, off the timer's thread.
        if (answer.toCompletableFuture().isDone()) {
            answer.whenComplete((ready, failure) -> write(exchange, ready, failure));
        } else {
            answer.whenCompleteAsync((ready, failure) -> write(exchange, ready, failure), threads);
        }
    }

    /** Of the body, as far as it needs room; one of unknown size may need all. */
    private static int size(HttpExchange exchange) {
        var length = exchange.getRequestHeaders().getFirst("Content-Length");
        if (length == null || !length.matches("\\d{1,12}")) {
            return exchange.getRequestHeaders().containsKey("Transfer-Encoding") ? LARGEST_BODY : 0;
        }
        var bytes = Long.parseLong(length);
        return bytes <= SMALL_BODY ? 0 : (int) Math.min(bytes, LARGEST_BODY);
    }

    private void write(HttpExchange exchange, Answer answer, Throwable failure) {
        try {
            if (failure == null) {
                AnswerWriter.write(exchange, answer);
            } else {
                complain(exchange, failure);
                exchange.close();
            }
        } catch (IOException | RuntimeException e) {
            complain(exchange, e); // most often the client has gone, as it does after a time-out
            exchange.close();
        }
    }

    private void complain(HttpExchange exchange, Throwable failure) {
        log.line(NAME, "no answer path=" + exchange.getRequestURI().getPath() + " reason=" + failure);
    }
}
