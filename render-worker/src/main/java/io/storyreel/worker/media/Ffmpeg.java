package io.storyreel.worker.media;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.storyreel.worker.media.FfmpegCommand.Progress;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs ffmpeg. A run waits in a fair queue for a core without holding a thread, has a deadline, and its process ends
 * when the {@link Uni} is cancelled or the worker stops, and on Linux also when the worker is killed. It reads local
 * files only.
 *
 * <p>The {@link Uni} fails with an {@link FfmpegException}, and completes on a thread of this class: a caller that needs
 * its own Vert.x context goes back to it with {@code emitOn}.
 */
@ApplicationScoped
public class Ffmpeg implements CpuQueue {

    private final FfmpegConfig config;
    private final MemoryBound memoryBound;
    private final LifeBound lifeBound = LifeBound.toThisProcess();
    private final CpuGate gate;
    private final ExecutorService threads = Executors.newCachedThreadPool(daemon("ffmpeg"));
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(daemon("ffmpeg-timer"));
    private final Set<FfmpegRun> running = ConcurrentHashMap.newKeySet();

    public Ffmpeg(FfmpegConfig config) {
        this.config = config;
        this.memoryBound = MemoryBound.of(config.memory().asLongValue());
        this.gate = new CpuGate(
                config.parallel() > 0 ? config.parallel() : Runtime.getRuntime().availableProcessors());
    }

    /** Runs the command each time the {@link Uni} is subscribed to. */
    public Uni<FfmpegResult> run(FfmpegCommand command) {
        return Uni.createFrom().emitter(emitter -> enqueue(command, emitter));
    }

    @Override
    public int places() {
        return gate.places();
    }

    @Override
    public int waiting() {
        return gate.waiting();
    }

    @Override
    public Uni<Void> shorterThan(int most) {
        return Uni.createFrom().emitter(emitter -> gate.whenShorterThan(most, () -> emitter.complete(null)));
    }

    private void enqueue(FfmpegCommand command, UniEmitter<? super FfmpegResult> emitter) {
        var run = new FfmpegRun(command, program(command), config.stopGrace(), emitter);
        var ticket = new CpuGate.Ticket[1];
        ticket[0] = gate.ticket(() -> threads.execute(() -> {
            running.add(run);
            try {
                run.runToEnd(timer, threads);
            } finally {
                running.remove(run);
                ticket[0].leave();
            }
        }));
        emitter.onTermination(run::stop);
        ticket[0].enter();
    }

    @PreDestroy
    void stopAll() {
        running.forEach(FfmpegRun::stop);
        timer.shutdownNow();
        threads.shutdown();
    }

    private List<String> program(FfmpegCommand command) {
        var program = new ArrayList<>(memoryBound.prefix());
        program.addAll(lifeBound.prefix());
        program.add(config.path());
        program.addAll(List.of("-nostdin", "-hide_banner", "-y", "-loglevel", command.logLevel()));
        if (command.stdout() instanceof Progress) {
            program.addAll(List.of("-stats_period", "0.5", "-progress", "pipe:1"));
        }
        program.add("-nostats");
        program.addAll(command.arguments());
        return program;
    }

    private static ThreadFactory daemon(String name) {
        var number = new AtomicInteger();
        return task -> {
            var thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
