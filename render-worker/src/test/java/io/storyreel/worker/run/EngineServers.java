package io.storyreel.worker.run;

import io.storyreel.common.job.JobPriority;
import io.storyreel.common.job.NewJob;
import io.storyreel.local.process.FreePorts;
import io.storyreel.local.process.Supervision;
import io.storyreel.local.server.RedisServerProcess;
import io.storyreel.worker.RealPostgres;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.redis.client.RedisOptions;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** A real Postgres with our schema and a real Redis, for tests of the engine. */
final class EngineServers implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(15);
    private static final String SPEC = "0".repeat(64);

    final UUID workspace = UUID.randomUUID();
    private final UUID project = UUID.randomUUID();
    private final RealPostgres postgres;
    private final RedisServerProcess redis;
    final Pool pool;

    EngineServers(Path directory) throws Exception {
        postgres = new RealPostgres();
        pool = postgres.pool;
        redis = new RedisServerProcess(
                directory.resolve("redis"),
                Path.of("target/test-programs"),
                FreePorts.next(),
                Supervision.in(directory));
        redis.start();
        postgres.execute(
                "insert into video_project (id, workspace_id, title, storyboard, spec_digest, approved)"
                        + " values ($1, $2, 'a film', '{}', $3, true)",
                Tuple.of(project, workspace, SPEC));
    }

    Redis redisClient() {
        return Redis.createClient(
                postgres.vertx,
                new RedisOptions()
                        .setConnectionString("redis://127.0.0.1:" + redis.port())
                        .setMaxPoolSize(16));
    }

    NewJob newJob() {
        return newJob("mock");
    }

    NewJob newJob(String provider) {
        return newJob(provider, null);
    }

    NewJob newJob(String provider, String traceparent) {
        return newJob(provider, traceparent, JobPriority.NORMAL);
    }

    NewJob newJob(String provider, String traceparent, JobPriority priority) {
        return new NewJob(
                UUID.randomUUID(),
                workspace,
                project,
                SPEC,
                provider,
                List.of(),
                1,
                new BigDecimal("0.5"),
                new BigDecimal("0.5"),
                false,
                traceparent,
                false,
                priority);
    }

    void execute(String sql, Tuple arguments) {
        postgres.execute(sql, arguments);
    }

    @Override
    public void close() throws IOException, SQLException {
        redis.stop();
        postgres.close();
    }
}
