package io.storyreel.local.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A running process whose output is read, whose end is noticed, and which is remembered while it runs. */
public final class ChildProcess {

    private static final int REMEMBERED_LINES = 200;
    private static final Duration AFTER_KILL = Duration.ofSeconds(5);

    private final Launch launch;
    private final Supervision supervision;
    private final LogSink log;
    private final Process process;
    private final Thread reader;
    private final Deque<String> lastLines = new ArrayDeque<>();
    private volatile boolean endWanted;

    private ChildProcess(Launch launch, Supervision supervision, Process process) {
        this.launch = launch;
        this.supervision = supervision;
        this.log = new SteadfastSink(supervision.log(), this::remember);
        this.process = process;
        this.reader = new Thread(this::readOutput, "output of " + launch.name());
        this.reader.setDaemon(true);
    }

    public static ChildProcess start(Launch launch, Supervision supervision) throws IOException {
        var builder = new ProcessBuilder(OwnSession.of(launch.command()))
                .directory(launch.directory().toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(launch.environment());
        var process = builder.start();
        process.getOutputStream().close();
        var child = new ChildProcess(launch, supervision, process);
        child.reader.start();
        try {
            supervision.run().remember(launch.name(), process.toHandle(), launch.stopSignal());
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
        return child;
    }

    public String name() {
        return launch.name();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Completed with true when the process ended although nobody had asked it to. */
    public CompletableFuture<Boolean> endedByItself() {
        return process.onExit().thenApply(ended -> !endWanted);
    }

    public int exitCode() {
        return process.exitValue();
    }

    /** Waits at most {@code time} and tells whether the process has ended. */
    public boolean awaitEnd(Duration time) throws InterruptedException {
        return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Asks the process to end, and kills it when it has not done so in time. Harmless when it has ended already. */
    public void stop() {
        endWanted = true;
        var descendants = process.descendants().toList();
        if (process.isAlive()) {
            launch.stopSignal().send(process.toHandle());
        }
        end(descendants, launch.stopWithin());
    }

    /** {@code kill -9}: no chance to tidy up. Returns when the process and its own children are gone. */
    public void kill9() {
        endWanted = true;
        var descendants = process.descendants().toList();
        process.destroyForcibly();
        end(descendants, AFTER_KILL);
    }

    /** The latest output lines, oldest first, at most {@value #REMEMBERED_LINES}. */
    public List<String> lastLines() {
        synchronized (lastLines) {
            return List.copyOf(lastLines);
        }
    }

    private void end(List<ProcessHandle> descendants, Duration within) {
        var all = new ArrayList<ProcessHandle>();
        all.add(process.toHandle());
        all.addAll(descendants);
        RunDirectory.Endings.await(all, within);
        try {
            reader.join(AFTER_KILL.toMillis());
            supervision.run().forget(launch.name());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove the process file of " + launch.name(), e);
        }
    }

    private void readOutput() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                remember(line);
                log.line(launch.name(), line);
            }
        } catch (IOException e) {
            // The pipe breaks when the process is killed; what it said until then has been read.
            log.line(launch.name(), "(output ended: " + e.getMessage() + ")");
        }
    }

    private void remember(String line) {
        synchronized (lastLines) {
            if (lastLines.size() == REMEMBERED_LINES) {
                lastLines.removeFirst();
            }
            lastLines.addLast(line);
        }
    }
}
