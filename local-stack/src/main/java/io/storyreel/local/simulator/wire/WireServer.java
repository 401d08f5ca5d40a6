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
        try {
            answer = desk.apply(exchange);
        } catch (RuntimeException e) {
            complain(exchange, e);
            exchange.close();
            return;
        }
        // An answer that is ready is written by this thread; a later one goes back to the pool, off the timer's thread.
        if (answer.toCompletableFuture().isDone()) {
            answer.whenComplete((ready, failure) -> write(exchange, ready, failure));
        } else {
            answer.whenCompleteAsync((ready, failure) -> write(exchange, ready, failure), threads);
        }
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
