package io.storyreel.worker.run;

import io.storyreel.common.job.NewJob;
import io.storyreel.local.process.FreePorts;
import io.storyreel.local.process.Supervision;
import io.storyreel.local.server.EmbeddedPostgres;
import io.storyreel.local.server.RedisServerProcess;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.redis.client.RedisOptions;
import io.vertx.sqlclient.PoolOptions;
import org.flywaydb.core.Flyway;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/** A real Postgres with our schema and a real Redis, for tests of the engine. */
final class EngineServers implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(15);
    private static final String PASSWORD = "a password";
    private static final String SPEC = "0".repeat(64);

    final UUID workspace = UUID.randomUUID();
    private final UUID project = UUID.randomUUID();
    private final EmbeddedPostgres postgres;
    private final RedisServerProcess redis;
    private final Vertx vertx = Vertx.vertx();
    final Pool pool;

    EngineServers(Path directory) throws Exception {
        Supervision supervision = Supervision.in(directory);
        Path programs = Path.of("target/test-programs");
        postgres =
                new EmbeddedPostgres(directory.resolve("postgres"), programs, FreePorts.next(), PASSWORD, supervision);
        redis = new RedisServerProcess(directory.resolve("redis"), programs, FreePorts.next(), supervision);
        postgres.start();
        redis.start();
        Flyway.configure()
                .dataSource("jdbc:" + postgres.url(), EmbeddedPostgres.USER, PASSWORD)
                .load()
                .migrate();
        pool = Pool.newInstance(PgBuilder.pool()
                .connectingTo(PgConnectOptions.fromUri(postgres.url())
                        .setUser(EmbeddedPostgres.USER)
                        .setPassword(PASSWORD)
                        .setCachePreparedStatements(true))
                .with(new PoolOptions().setMaxSize(8))
                .using(vertx.getDelegate())
                .build());
        execute(
                "insert into video_project (id, workspace_id, title, storyboard, spec_digest, approved)"
                        + " values ($1, $2, 'a film', '{}', $3, true)",
                Tuple.of(project, workspace, SPEC));
    }

    Redis redisClient() {
        return Redis.createClient(
                vertx,
                new RedisOptions()
                        .setConnectionString("redis://127.0.0.1:" + redis.port())
                        .setMaxPoolSize(16));
    }

    NewJob newJob() {
        return new NewJob(UUID.randomUUID(), workspace, project, SPEC, "mock", 1, new BigDecimal("0.5"), false, null);
    }

    void execute(String sql, Tuple arguments) {
        pool.preparedQuery(sql).execute(arguments).await().atMost(LIMIT);
    }

    @Override
    public void close() {
        vertx.closeAndAwait();
        redis.stop();
        postgres.stop();
    }
}
