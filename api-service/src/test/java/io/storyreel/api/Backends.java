package io.storyreel.api;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.storyreel.local.process.FreePorts;
import io.storyreel.local.process.Supervision;
import io.storyreel.local.server.EmbeddedPostgres;
import io.storyreel.local.server.LocalServer;
import io.storyreel.local.server.RedisServerProcess;
import io.storyreel.local.server.S3Process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Real servers for the tests: Postgres, Redis and an S3 server, started once. */
public class Backends implements QuarkusTestResourceLifecycleManager {
    static final String SECRET = "only-for-tests-0123456789abcdef0123456789";

    private static final String PASSWORD = "a password";
    private static final String KEY = "a secret key";

    private List<LocalServer> servers = List.of();

    @Override
    public Map<String, String> start() {
        try {
            Path target = Path.of("target").toAbsolutePath();
            Path data = Files.createTempDirectory(target, "backends");
            Supervision supervision = Supervision.in(data);
            var postgres = new EmbeddedPostgres(
                    data.resolve("postgres"), target.resolve("programs"), FreePorts.next(), PASSWORD, supervision);
            var redis = new RedisServerProcess(
                    data.resolve("redis"), target.resolve("programs"), FreePorts.next(), supervision);
            var s3 = new S3Process(
                    Path.of("../local-stack/target/s3/s3proxy.jar"),
                    data.resolve("s3"),
                    FreePorts.next(),
                    KEY,
                    supervision);
            servers = List.of(postgres, redis, s3);
            for (LocalServer server : servers) {
                server.start();
            }
            return Map.ofEntries(
                    Map.entry("quarkus.datasource.reactive.url", postgres.url()),
                    Map.entry("quarkus.datasource.jdbc.url", "jdbc:" + postgres.url()),
                    Map.entry("quarkus.datasource.username", EmbeddedPostgres.USER),
                    Map.entry("quarkus.datasource.password", PASSWORD),
                    Map.entry("quarkus.redis.hosts", redis.url()),
                    Map.entry("storyreel.storage.endpoint", s3.endpoint()),
                    Map.entry("storyreel.storage.access-key", S3Process.ACCESS_KEY),
                    Map.entry("storyreel.storage.secret-key", KEY),
                    Map.entry("storyreel.auth.secret", SECRET));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the servers were starting", e);
        }
    }

    @Override
    public void stop() {
        servers.forEach(LocalServer::stop);
    }
}
