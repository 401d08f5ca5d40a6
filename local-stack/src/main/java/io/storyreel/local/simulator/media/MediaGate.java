package io.storyreel.local.simulator.media;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Where all work that takes a processor goes through: one ffmpeg per two cores, the rest waits its turn. */
public final class MediaGate implements AutoCloseable {

    private static final Duration AT_MOST = Duration.ofMinutes(10);

    private final Path ffmpeg;
    private static final int ERRANDS = 8;

    private final ExecutorService threads;
    private final ExecutorService errands = Executors.newFixedThreadPool(ERRANDS, MediaGate::thread);

    public MediaGate(Path ffmpeg) {
        this.ffmpeg = ffmpeg;
        this.threads = Executors.newFixedThreadPool(
                Math.max(1, Runtime.getRuntime().availableProcessors() / 2), MediaGate::thread);
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "simulator media");
        thread.setDaemon(true);
        return thread;
    }

    /** Work that may block. */
    public interface Work<T> {
        T run() throws IOException, InterruptedException;
    }

    <T> CompletableFuture<T> pass(Work<T> work) {
        return run(work, threads);
    }

    /** Work that waits for others, such as fetching; a slow host must not hold up the processor's work. */
    <T> CompletableFuture<T> errand(Work<T> work) {
        return run(work, errands);
    }

    private static <T> CompletableFuture<T> run(Work<T> work, ExecutorService threads) {
        var result = new CompletableFuture<T>();
        threads.execute(() -> {
            try {
                result.complete(work.run());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                result.completeExceptionally(e);
            } catch (IOException | RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    /**
     * Runs ffmpeg on the calling thread, which is one of this gate's.
     *
     * @throws IOException with ffmpeg's last words when it fails
     */
    void ffmpeg(List<String> arguments) throws IOException, InterruptedException {
        var command =
                new ArrayList<>(List.of(ffmpeg.toString(), "-nostdin", "-hide_banner", "-loglevel", "error", "-y"));
        command.addAll(arguments);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var deadline = CompletableFuture.runAsync(
                process::destroyForcibly, CompletableFuture.delayedExecutor(AT_MOST.toSeconds(), TimeUnit.SECONDS));
        try {
            process.getOutputStream().close();
            var said = new String(process.getInputStream().readNBytes(8192), UTF_8);
            process.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            var exitCode = process.waitFor();
            if (exitCode != 0) {
                throw new IOException("ffmpeg ended with exit code " + exitCode + ": " + said.strip());
            }
        } finally {
            deadline.cancel(false);
            process.destroyForcibly();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        errands.shutdownNow();
    }
}
