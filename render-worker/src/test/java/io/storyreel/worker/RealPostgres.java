package io.storyreel.worker;

import io.storyreel.common.job.ClaimedJob;
import io.storyreel.common.job.JobKind;
import io.storyreel.common.job.Lease;
import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.common.storyboard.StoryboardJson;
import io.storyreel.local.process.FreePorts;
import io.storyreel.local.process.Supervision;
import io.storyreel.local.server.EmbeddedPostgres;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import org.flywaydb.core.Flyway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A database of the tests' own with our schema, on a Postgres that the classes of a test process share. */
public final class RealPostgres implements AutoCloseable {
    public static final Duration LIMIT = Duration.ofSeconds(60);

    private static final String PASSWORD = "a password";

    public final Vertx vertx = Vertx.vertx();
    public final Pool pool;
    private final EmbeddedPostgres server = Shared.server();
    private final String database = "test_" + UUID.randomUUID().toString().replace('-', '_');

    public RealPostgres() throws Exception {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + database + " template " + Shared.TEMPLATE);
        }
        pool = Pool.newInstance(PgBuilder.pool()
                .connectingTo(PgConnectOptions.fromUri(server.url())
                        .setDatabase(database)
                        .setUser(EmbeddedPostgres.USER)
                        .setPassword(PASSWORD)
                        .setCachePreparedStatements(true))
                .with(new PoolOptions().setMaxSize(8))
                .using(vertx.getDelegate())
                .build());
    }

    /** A job in the hands of a worker. */
    public ClaimedJob claimed(String provider, Storyboard storyboard) {
        return claimed(UUID.randomUUID(), provider, List.of(), storyboard);
    }

    /** The same in a workspace that may have others. */
    public ClaimedJob claimed(UUID workspace, String provider, List<String> fallback, Storyboard storyboard) {
        UUID id = UUID.randomUUID();
        String digest = StoryboardJson.digest(storyboard);
        execute(
                "insert into render_spec (digest, storyboard) values ($1, $2::text::jsonb) on conflict do nothing",
                Tuple.of(digest, StoryboardJson.write(storyboard)));
        execute(
                "insert into job (id, kind, workspace_id, project_id, spec_digest, provider, status, lease_epoch,"
                        + " lease_owner)"
                        + " values ($1, 'render', $2, $3, $4, $5, 'processing', 1, gen_random_uuid())",
                Tuple.of(id, workspace, UUID.randomUUID(), digest, provider));
        return new ClaimedJob(
                new Lease(id, 1),
                JobKind.RENDER,
                workspace,
                UUID.randomUUID(),
                digest,
                provider,
                fallback,
                0,
                1,
                0,
                BigDecimal.ZERO,
                null,
                null);
    }

    public void execute(String sql, Tuple arguments) {
        pool.preparedQuery(sql).execute(arguments).await().atMost(LIMIT);
    }

    public List<Row> rows(String sql, Tuple arguments) {
        return StreamSupport.stream(
                        pool.preparedQuery(sql)
                                .execute(arguments)
                                .await()
                                .atMost(LIMIT)
                                .spliterator(),
                        false)
                .toList();
    }

    @Override
    public void close() throws SQLException {
        vertx.closeAndAwait();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("drop database " + database + " with (force)");
        }
    }

    /** Runs from the first test that needs it to the end of the process. */
    private static final class Shared {
        static final String TEMPLATE = "with_our_schema";

        private static EmbeddedPostgres server;

        private Shared() {}

        static synchronized EmbeddedPostgres server() throws IOException, InterruptedException, SQLException {
            if (server == null) {
                server = started();
            }
            return server;
        }

        private static EmbeddedPostgres started() throws IOException, InterruptedException, SQLException {
            Path directory = Files.createTempDirectory("storyreel-postgres-");
            EmbeddedPostgres postgres = new EmbeddedPostgres(
                    directory.resolve("data"),
                    Path.of("target/test-programs"),
                    FreePorts.next(),
                    PASSWORD,
                    Supervision.in(directory));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(postgres, directory)));
            postgres.start();
            try (Connection connection = postgres.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("create database " + TEMPLATE);
            }
            String url = postgres.url();
            Flyway.configure()
                    .dataSource(
                            "jdbc:" + url.substring(0, url.lastIndexOf('/') + 1) + TEMPLATE,
                            EmbeddedPostgres.USER,
                            PASSWORD)
                    .load()
                    .migrate();
            return postgres;
        }

        private static void remove(EmbeddedPostgres postgres, Path directory) {
            postgres.stop();
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
