package io.storyreel.local.server;

import io.storyreel.local.process.Launch;
import io.storyreel.local.process.Signal;
import io.storyreel.local.process.Supervision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A real Postgres with durable commits: nothing is tuned for tests. The programs come from the bundled archive, the data
 * stays where it is told to and survives stops, kills and restarts.
 */
public final class EmbeddedPostgres extends LocalServer {

    public static final String USER = "storyreel";
    public static final String DATABASE = "storyreel";

    private final Path data;
    private final Path programs;
    private final String password;
    private PostgresBinaries binaries;
    private Unprivileged unprivileged;

    /**
     * @param data the cluster's directory, made if missing
     * @param programs where the bundled programs are unpacked, once
     * @param password of {@value #USER}; must be the one the cluster was made with
     */
    public EmbeddedPostgres(Path data, Path programs, int port, String password, Supervision supervision) {
        super("postgres", port, supervision);
        this.data = data.toAbsolutePath();
        this.programs = programs.toAbsolutePath();
        this.password = password;
    }

    /** Without credentials, as the services want it. */
    public String url() {
        return "postgresql://127.0.0.1:" + port() + "/" + DATABASE;
    }

    public String password() {
        return password;
    }

    /** A JDBC connection of its owner; the caller closes it. */
    public Connection connect() throws SQLException {
        return connect(DATABASE);
    }

    private Connection connect(String database) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", "10");
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port() + "/" + database, properties);
    }

    @Override
    protected void prepare() throws IOException, InterruptedException {
        unprivileged = Unprivileged.forThisUser();
        binaries = PostgresBinaries.in(programs);
        Unpacked.once(data, this::makeCluster);
        unprivileged.own(data);
        refuseOtherMajorVersion();
        // Whoever starts us has made sure that no server runs on this data. Left behind by a kill -9, the file would
        // block the start whenever its process id happens to be in use again.
        Files.deleteIfExists(data.resolve("postmaster.pid"));
    }

    private void refuseOtherMajorVersion() throws IOException {
        var made = Files.readString(data.resolve("PG_VERSION"), UTF_8).strip();
        var bundled = binaries.majorVersion();
        if (!made.equals(bundled)) {
            throw new IOException("the data in " + data + " was made by Postgres " + made + ", bundled is " + bundled
                    + ": dump it with version " + made + " first, or move the directory away to start afresh");
        }
    }

    private void makeCluster(Path target) throws IOException {
        var passwordFile = target.resolveSibling(target.getFileName() + ".password");
        Files.createDirectory(target);
        PrivateFile.write(passwordFile, password);
        try {
            unprivileged.own(target);
            unprivileged.own(passwordFile);
            initdb(target, passwordFile);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while creating the Postgres data", e);
        } finally {
            Files.delete(passwordFile);
        }
    }

    private void initdb(Path target, Path passwordFile) throws IOException, InterruptedException {
        var process = new ProcessBuilder(unprivileged.command(List.of(
                        binaries.program("initdb").toString(),
                        "--pgdata=" + target,
                        "--username=" + USER,
                        "--pwfile=" + passwordFile,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        // The same order of texts on every machine, whatever languages it has installed.
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--locale=C",
                        "--no-instructions")))
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new ServerStartException(
                    "postgres",
                    "could not create its data in " + target,
                    output.lines().toList());
        }
    }

    @Override
    protected Launch launch() {
        var command = new ArrayList<String>();
        command.add(binaries.program("postgres").toString());
        command.addAll(List.of("-D", data.toString()));
        settings().forEach((key, value) -> command.addAll(List.of("-c", key + "=" + value)));
        return new Launch(
                name(), unprivileged.command(command), data.getParent(), Map.of(), Signal.INT, Duration.ofSeconds(20));
    }

    private Map<String, String> settings() {
        return Map.ofEntries(
                Map.entry("listen_addresses", "127.0.0.1"),
                Map.entry("port", Integer.toString(port())),
                Map.entry("unix_socket_directories", ""),
                Map.entry("max_connections", "200"),
                Map.entry("fsync", "on"),
                Map.entry("synchronous_commit", "on"),
                Map.entry("full_page_writes", "on"),
                Map.entry("timezone", "UTC"),
                Map.entry("log_timezone", "UTC"),
                Map.entry("log_line_prefix", "%m "));
    }

    @Override
    protected boolean answers() {
        // Asked earlier it answers, but also writes an alarming FATAL line into its log.
        if (lastLines().stream().noneMatch(line -> line.contains("ready to accept connections"))) {
            return false;
        }
        try (var connection = connect("postgres")) {
            return connection.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    protected void afterStart() throws IOException {
        try (var connection = connect("postgres");
                var statement = connection.createStatement()) {
            try (var found = statement.executeQuery("select 1 from pg_database where datname = '" + DATABASE + "'")) {
                if (found.next()) {
                    return;
                }
            }
            statement.execute("create database " + DATABASE);
        } catch (SQLException e) {
            throw new IOException("cannot create the database " + DATABASE + ": " + e.getMessage(), e);
        }
    }
}
