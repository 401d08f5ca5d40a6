package io.storyreel.common.job;

import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.flywaydb.core.Flyway;

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;

/** A Postgres of the tests' own, with our schema and one approved project. */
public final class RealPostgres implements AutoCloseable {
    public static final Duration LIMIT = Duration.ofSeconds(30);
    static final String SPEC = "0".repeat(64);

    final UUID workspace = UUID.randomUUID();
    final UUID project = UUID.randomUUID();
    private final EmbeddedPostgres server;
    private final Vertx vertx = Vertx.vertx();
    public final Pool pool;

    public RealPostgres() throws IOException {
        server = EmbeddedPostgres.builder().start();
        Flyway.configure().dataSource(server.getPostgresDatabase()).load().migrate();
        pool = Pool.newInstance(PgBuilder.pool()
                .connectingTo(new PgConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(server.getPort())
                        .setUser("postgres")
                        .setPassword("postgres")
                        .setDatabase("postgres")
                        .setCachePreparedStatements(true))
                .with(new PoolOptions().setMaxSize(8))
                .using(vertx.getDelegate())
                .build());
        addProject(project, true);
    }

    void addProject(UUID id, boolean approved) {
        execute(
                "insert into video_project (id, workspace_id, title, storyboard, spec_digest, approved)"
                        + " values ($1, $2, 'a film', '{}', $3, $4)",
                Tuple.of(id, workspace, SPEC, approved));
    }

    public void execute(String sql, Tuple arguments) {
        pool.preparedQuery(sql).execute(arguments).await().atMost(LIMIT);
    }

    public long count(String sql) {
        return pool.query(sql).execute().await().atMost(LIMIT).iterator().next().getLong(0);
    }

    @Override
    public void close() throws IOException {
        vertx.closeAndAwait();
        server.close();
    }
}
