package io.storyreel.local.stack;

import io.storyreel.local.media.FfmpegBinary;
import io.storyreel.local.process.FreePorts;
import io.storyreel.local.process.LogSink;
import io.storyreel.local.process.RunDirectory;
import io.storyreel.local.process.Supervision;
import io.storyreel.local.server.EmbeddedPostgres;
import io.storyreel.local.server.LocalServer;
import io.storyreel.local.server.RedisServerProcess;
import io.storyreel.local.server.S3Process;
import io.storyreel.local.server.ServiceProcess;
import io.storyreel.local.simulator.Simulator;
import io.storyreel.local.simulator.task.Pace;
import io.storyreel.local.speech.SpeechServer;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * All servers and services on one directory, started in the order in which they need each other and ended in reverse.
 * The caller holds the directory's {@link StackLock}. Started once; {@link #stop} may come from another thread at any
 * moment, also in the middle of the start.
 */
public final class Stack implements AutoCloseable {

    private final List<LocalServer> servers;
    private final ServiceProcess api;
    private final List<LocalServer> workers;
    private final SpeechServer speech;
    private final Simulator simulator; // null when providers are not simulated
    private final ExecutorService starters = Executors.newCachedThreadPool(Stack::daemon);
    private final CompletableFuture<String> brokenBy = new CompletableFuture<>();

    private Stack(
            List<LocalServer> servers,
            ServiceProcess api,
            List<LocalServer> workers,
            SpeechServer speech,
            Simulator simulator) {
        this.servers = servers;
        this.api = api;
        this.workers = workers;
        this.speech = speech;
        this.simulator = simulator;
    }

    /** Chooses the ports and prepares everything short of starting it. */
    public static Stack on(
            StackDirectory directory, Installation installation, StackSettings settings, Secret secret, LogSink log)
            throws IOException {
        var supervision = new Supervision(new RunDirectory(directory.run()), log);
        var programs = directory.programs();
        var postgres = new EmbeddedPostgres(
                directory.postgres(), programs, port(settings.postgresPort()), secret.derive("postgres"), supervision);
        var redis = new RedisServerProcess(directory.redis(), programs, port(settings.redisPort()), supervision);
        var s3 = new S3Process(
                installation.s3Jar(), directory.s3(), port(settings.s3Port()), secret.derive("s3"), supervision);
        var ffmpeg = FfmpegBinary.find(System.getenv(), programs);
        var speechKey = secret.derive("speech");
        var speech = new SpeechServer(port(settings.speechPort()), speechKey, ffmpeg.path(), log);
        var simulator = settings.simulate()
                ? new Simulator(
                        port(settings.simulatorPort()),
                        ffmpeg.path(),
                        directory.simulator(),
                        Pace.realistic(),
                        InstantSource.system(),
                        log)
                : null;
        var environment = new ServiceEnvironment(postgres, redis, s3, simulator);
        var api = new ServiceProcess(
                "api",
                installation.apiJar(),
                port(settings.apiPort()),
                settings.apiHeap(),
                environment.api(secret),
                supervision);
        var workers = new ArrayList<LocalServer>();
        for (var n = 1; n <= settings.workers(); n++) {
            var name = settings.workers() == 1 ? "worker" : "worker-" + n;
            var scratch = Files.createDirectories(directory.scratch().resolve(name));
            workers.add(new ServiceProcess(
                    name,
                    installation.workerJar(),
                    port(settings.workerPort() == 0 ? 0 : settings.workerPort() + n - 1),
                    settings.workerHeap(),
                    environment.worker(ffmpeg, speech, speechKey, scratch.toString(), System.getenv()),
                    supervision));
        }
        return new Stack(List.of(postgres, redis, s3), api, workers, speech, simulator);
    }

    private static int port(int wanted) throws IOException {
        return wanted == 0 ? FreePorts.next() : wanted;
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "start of a server");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Starts everything and returns when all of it is ready. On failure nothing is left running.
     *
     * @throws IOException the first failure, see {@link io.storyreel.local.server.ServerStartException}
     */
    public void start() throws IOException, InterruptedException {
        try {
            speech.start();
            if (simulator != null) {
                simulator.start();
            }
            startTogether(servers);
            startTogether(List.of(api));
            startTogether(workers);
        } catch (IOException | InterruptedException | RuntimeException e) {
            stop();
            throw e;
        }
    }

    private void startTogether(List<LocalServer> group) throws IOException, InterruptedException {
        CompletionService<LocalServer> starts = new ExecutorCompletionService<>(starters);
        for (var server : group) {
            starts.submit(() -> {
                server.start();
                return server;
            });
        }
        for (var i = 0; i < group.size(); i++) {
            try {
                var started = starts.take().get();
                started.endedByItself().thenAccept(byItself -> {
                    if (byItself) {
                        brokenBy.complete(started.name());
                    }
                });
            } catch (ExecutionException e) {
                if (e.getCause() instanceof IOException failure) {
                    throw failure;
                }
                throw new IOException("the stack could not be started: " + e.getCause(), e.getCause());
            }
        }
    }

    /** Completed with the name of the first process that ends although nobody asked it to. */
    public CompletableFuture<String> brokenBy() {
        return brokenBy;
    }

    public URI apiUrl() {
        return URI.create(api.url());
    }

    /** Of the simulated providers; null without. */
    public URI simulatorUrl() {
        return simulator == null ? null : URI.create(simulator.url());
    }

    /** Latest output of one process, oldest first. */
    public List<String> lastLines(String name) {
        var all = new ArrayList<>(servers);
        all.add(api);
        all.addAll(workers);
        return all.stream()
                .filter(server -> server.name().equals(name))
                .findFirst()
                .map(LocalServer::lastLines)
                .orElse(List.of());
    }

    /** Ends the services first, so that they can hand back their work, then what they stand on. */
    public synchronized void stop() {
        starters.shutdownNow();
        try {
            if (!starters.awaitTermination(20, TimeUnit.SECONDS)) {
                brokenBy.complete("a server that could not be stopped while it started");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        var services = new ArrayList<>(workers);
        services.add(api);
        services.parallelStream().forEach(LocalServer::stop);
        servers.parallelStream().forEach(LocalServer::stop);
        speech.stop();
        if (simulator != null) {
            simulator.stop();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
