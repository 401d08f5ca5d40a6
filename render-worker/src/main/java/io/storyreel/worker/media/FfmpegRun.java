package io.storyreel.worker.media;

import io.smallrye.mutiny.subscription.UniEmitter;
import io.storyreel.worker.media.FfmpegCommand.Lines;
import io.storyreel.worker.media.FfmpegCommand.Progress;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One ffmpeg process from its start to its end. Starts once; {@link #stop} works at any time, from any thread. */
final class FfmpegRun {

    private static final int SIGNAL_BASE = 128;
    /** INT, KILL and TERM come from outside. The others, such as SEGV and ABRT, are a crash over what ffmpeg read. */
    private static final Set<Integer> SIGNALS_FROM_OUTSIDE = Set.of(2, 9, 15);

    private static final int LINES_IN_MESSAGE = 3;
    /** What a wrapper (prlimit, setpriv) answers for a program it cannot start: 126 not executable, 127 not there. */
    private static final Set<Integer> WRAPPER_CANNOT_START = Set.of(126, 127);

    private static final String DISK_FULL = "No space left on device";

    private final FfmpegCommand command;
    private final List<String> program;
    private final Duration stopGrace;
    private final UniEmitter<? super FfmpegResult> emitter;
    private final LogTail tail = new LogTail();
    private Process process;
    private boolean stopped;
    private volatile boolean timedOut;

    FfmpegRun(
            FfmpegCommand command, List<String> program, Duration stopGrace, UniEmitter<? super FfmpegResult> emitter) {
        this.command = command;
        this.program = program;
        this.stopGrace = stopGrace;
        this.emitter = emitter;
    }

    /**
     * Runs to the end on this thread and one more of the executor's. This thread starts the process and must not end
     * before it does (see {@link LifeBound}).
     */
    void runToEnd(ScheduledExecutorService timer, Executor readers) {
        long startedAt = System.nanoTime();
        if (!start()) {
            return;
        }
        ScheduledFuture<?> alarm = timer.schedule(
                () -> {
                    timedOut = true;
                    stop();
                },
                command.deadline().toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            var log = CompletableFuture.runAsync(() -> read(process.getErrorStream(), this::logLine), readers);
            read(process.getInputStream(), stdoutLine());
            log.join();
            int exitCode = process.onExit().join().exitValue();
            conclude(exitCode, Duration.ofNanos(System.nanoTime() - startedAt));
        } catch (RuntimeException broken) {
            process.toHandle().destroyForcibly();
            process.onExit().join();
            emitter.fail(broken);
        } finally {
            alarm.cancel(false);
        }
    }

    /** Asks the process to end and kills it after the grace period. */
    synchronized void stop() {
        stopped = true;
        if (process != null) {
            terminate(process);
        }
    }

    private void terminate(Process running) {
        // Through the handle: Process.destroy would also close the streams under their readers.
        running.toHandle().destroy();
        CompletableFuture.delayedExecutor(stopGrace.toMillis(), TimeUnit.MILLISECONDS)
                .execute(running.toHandle()::destroyForcibly);
    }

    private synchronized boolean start() {
        if (stopped) {
            return false;
        }
        try {
            process = new ProcessBuilder(program)
                    .directory(command.directory().toFile())
                    .start();
            process.getOutputStream().close();
            return true;
        } catch (IOException e) {
            emitter.fail(new FfmpegMissingException(e.getMessage(), e));
            return false;
        }
    }

    private Consumer<String> stdoutLine() {
        if (command.stdout() instanceof Progress progress) {
            return new ProgressLines(progress.planned(), progress.fraction())::accept;
        }
        return ((Lines) command.stdout()).line();
    }

    private void logLine(String line) {
        tail.add(line);
        command.log().accept(line);
    }

    private static void read(InputStream stream, Consumer<String> consumer) {
        try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                consumer.accept(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("lost the output of ffmpeg", e);
        }
    }

    private void conclude(int exitCode, Duration elapsed) {
        if (timedOut) {
            emitter.fail(new FfmpegTimedOutException(command.deadline()));
        } else if (exitCode == 0) {
            emitter.complete(new FfmpegResult(elapsed, tail.lines()));
        } else if (WRAPPER_CANNOT_START.contains(exitCode)) {
            emitter.fail(new FfmpegMissingException(tail.last(), null));
        } else if (tail.mentions(DISK_FULL)) {
            emitter.fail(new ScratchFullException(command.directory()));
        } else if (SIGNALS_FROM_OUTSIDE.contains(exitCode - SIGNAL_BASE)) {
            emitter.fail(new FfmpegKilledException(exitCode - SIGNAL_BASE, tail.last()));
        } else {
            emitter.fail(new FfmpegFailedException(exitCode, tail.last(LINES_IN_MESSAGE)));
        }
    }
}
