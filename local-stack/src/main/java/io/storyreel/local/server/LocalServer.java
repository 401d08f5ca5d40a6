package io.storyreel.local.server;

import io.storyreel.local.process.ChildProcess;
import io.storyreel.local.process.Launch;
import io.storyreel.local.process.Supervision;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One server as a process of its own on a fixed port of the loopback interface. It can be stopped, killed and started
 * again, always on the same port and data. Not for use by several threads at once.
 */
public abstract class LocalServer implements AutoCloseable {

    private static final Duration BETWEEN_CHECKS = Duration.ofMillis(50);

    private final String name;
    private final int port;
    private final Supervision supervision;
    private ChildProcess process;

    protected LocalServer(String name, int port, Supervision supervision) {
        this.name = name;
        this.port = port;
        this.supervision = supervision;
    }

    /** Everything up to the moment before the process starts; called before each start. */
    protected abstract void prepare() throws IOException, InterruptedException;

    protected abstract Launch launch() throws IOException;

    /** Whether the server answers. Must return quickly, false on any failure to connect. */
    protected abstract boolean answers();

    /** Called after each start, once the server answers. */
    protected void afterStart() throws IOException {}

    /** How long a start may take on a slow machine. */
    protected Duration startWithin() {
        return Duration.ofSeconds(60);
    }

    /**
     * Starts the server and returns when it answers.
     *
     * @throws ServerStartException when it ends or stays silent instead; nothing runs then
     */
    public void start() throws IOException, InterruptedException {
        if (isRunning()) {
            throw new IllegalStateException(name + " runs already");
        }
        prepare();
        process = ChildProcess.start(launch(), supervision);
        try {
            awaitAnswer();
            afterStart();
        } catch (IOException | InterruptedException | RuntimeException e) {
            process.kill9();
            throw e;
        }
    }

    private void awaitAnswer() throws InterruptedException, ServerStartException {
        var deadline = System.nanoTime() + startWithin().toNanos();
        while (!answers()) {
            if (process.awaitEnd(BETWEEN_CHECKS)) {
                throw new ServerStartException(name, "ended with exit code " + process.exitCode(), process.lastLines());
            }
            if (System.nanoTime() > deadline) {
                throw new ServerStartException(
                        name,
                        "did not answer on port " + port + " within "
                                + startWithin().toSeconds() + " s",
                        process.lastLines());
            }
        }
    }

    /** Asks the server to end, kills it when it does not. Harmless when it does not run. */
    public void stop() {
        if (process != null) {
            process.stop();
        }
    }

    /** {@code kill -9}. */
    public void kill9() {
        if (process != null) {
            process.kill9();
        }
    }

    /** Stops and starts again on the same port and data. */
    public void restart() throws IOException, InterruptedException {
        stop();
        start();
    }

    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** Completed with true when the server ends although nobody asked it to. Only after {@link #start}. */
    public CompletableFuture<Boolean> endedByItself() {
        return process.endedByItself();
    }

    /** Process id of the running server. Only after {@link #start}. */
    public long pid() {
        return process.pid();
    }

    /** The latest output lines, oldest first. */
    public List<String> lastLines() {
        return process == null ? List.of() : process.lastLines();
    }

    public String name() {
        return name;
    }

    public int port() {
        return port;
    }

    protected Supervision supervision() {
        return supervision;
    }

    /** Same as {@link #stop}. */
    @Override
    public void close() {
        stop();
    }
}
