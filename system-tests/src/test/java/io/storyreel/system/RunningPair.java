package io.storyreel.system;

import io.storyreel.local.client.ApiClient;
import io.storyreel.local.media.FfmpegBinary;
import io.storyreel.local.process.FreePorts;
import io.storyreel.local.process.Supervision;
import io.storyreel.local.server.EmbeddedPostgres;
import io.storyreel.local.server.RedisServerProcess;
import io.storyreel.local.server.S3Process;
import io.storyreel.local.server.ServiceProcess;
import io.storyreel.local.simulator.Simulator;
import io.storyreel.local.simulator.task.Pace;
import io.storyreel.local.speech.SpeechServer;
import io.storyreel.local.stack.Installation;
import io.storyreel.local.stack.Secret;
import io.storyreel.local.stack.ServiceEnvironment;
import io.storyreel.local.stack.StackDirectory;
import io.storyreel.local.stack.Token;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** The services as they run for a user, every part a process of its own that the tests may stop, kill and start. */
final class RunningPair implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(120);
    private static final int HEAP = 384;

    final UUID workspace = UUID.randomUUID();
    final EmbeddedPostgres postgres;
    final RedisServerProcess redis;
    final S3Process s3;
    final SpeechServer speech;
    /** Stands for every provider; null where there is none. */
    final Simulator simulator;

    final ServiceProcess api;
    final List<ServiceProcess> workers = new ArrayList<>();
    final FfmpegBinary ffmpeg;
    final Path directory;
    final String token;

    /** @param settings variables that both services get in addition, such as {@code STORYREEL_MOCK_DURATION_MAX} */
    RunningPair(Path root, int workerCount, Map<String, String> settings) throws Exception {
        this(root, workerCount, null, settings);
    }

    /** @param pace of the simulated providers; null for none */
    RunningPair(Path root, int workerCount, Pace pace, Map<String, String> settings) throws Exception {
        directory = root;
        StackDirectory home = new StackDirectory(root).made();
        Installation installation = Installation.current();
        Supervision supervision = Supervision.in(root);
        Path programs = Path.of("target/programs").toAbsolutePath();
        Secret secret = Secret.of(home);
        postgres = new EmbeddedPostgres(
                home.postgres(), programs, FreePorts.next(), secret.derive("postgres"), supervision);
        redis = new RedisServerProcess(home.redis(), programs, FreePorts.next(), supervision);
        s3 = new S3Process(installation.s3Jar(), home.s3(), FreePorts.next(), secret.derive("s3"), supervision);
        ffmpeg = FfmpegBinary.find(System.getenv(), programs);
        String speechKey = secret.derive("speech");
        speech = new SpeechServer(FreePorts.next(), speechKey, ffmpeg.path(), supervision.log());
        simulator = pace == null
                ? null
                : new Simulator(
                        FreePorts.next(),
                        ffmpeg.path(),
                        home.simulator(),
                        pace,
                        InstantSource.system(),
                        supervision.log());
        ServiceEnvironment environment = new ServiceEnvironment(postgres, redis, s3, simulator);
        api = service("api", installation.apiJar(), environment.api(secret), settings, supervision);
        for (int n = 1; n <= workerCount; n++) {
            Path scratch = Files.createDirectories(home.scratch().resolve("worker-" + n));
            Map<String, String> own = environment.worker(ffmpeg, speech, speechKey, scratch.toString(), Map.of());
            workers.add(service("worker-" + n, installation.workerJar(), own, settings, supervision));
        }
        token = Token.issue(secret, "system-tests", workspace, Duration.ofHours(2), Clock.systemUTC());
    }

    private static ServiceProcess service(
            String name, Path jar, Map<String, String> own, Map<String, String> more, Supervision supervision)
            throws Exception {
        Map<String, String> environment = new HashMap<>(own);
        environment.putAll(more);
        // They live for a minute.
        environment.put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");
        return new ServiceProcess(name, jar, FreePorts.next(), HEAP, environment, supervision);
    }

    RunningPair start() throws Exception {
        postgres.start();
        redis.start();
        s3.start();
        speech.start();
        if (simulator != null) {
            simulator.start();
        }
        api.start();
        for (ServiceProcess worker : workers) {
            worker.start();
        }
        return this;
    }

    ApiClient client() {
        return new ApiClient(URI.create(api.url()), token);
    }

    String base() {
        return "/api/v1/video/workspaces/" + workspace;
    }

    /** First column of the first row, read straight from the database. */
    long count(String sql) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).as(sql).isTrue();
            return rows.getLong(1);
        }
    }

    @Override
    public void close() {
        workers.forEach(ServiceProcess::stop);
        api.stop();
        speech.stop();
        if (simulator != null) {
            simulator.stop();
        }
        s3.stop();
        redis.stop();
        postgres.stop();
    }
}
