package io.storyreel.local.server;

import io.storyreel.local.process.FreePorts;
import io.storyreel.local.process.Supervision;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class EmbeddedServersIT {

    @TempDir
    Path directory;

    private Supervision supervision;
    private EmbeddedPostgres postgres;
    private RedisServerProcess redis;
    private S3Process s3;

    @BeforeEach
    void describe_the_servers() throws Exception {
        supervision = Supervision.in(directory);
        // Shared by all tests of a build: unpacking takes longer than starting.
        var programs = Path.of("target/test-programs");
        postgres = new EmbeddedPostgres(
                directory.resolve("postgres"), programs, FreePorts.next(), "a password", supervision);
        redis = new RedisServerProcess(directory.resolve("redis"), programs, FreePorts.next(), supervision);
        s3 = new S3Process(
                Path.of("target/s3/s3proxy.jar"), directory.resolve("s3"), FreePorts.next(), "a key", supervision);
    }

    @AfterEach
    void stop_what_still_runs() {
        Stream.of(s3, redis, postgres).forEach(LocalServer::stop);
    }

    @Test
    void all_servers_start_and_stop_leaving_no_process() throws Exception {
        for (var server : servers()) {
            server.start();
        }
        assertThat(HttpProbe.status(URI.create(s3.endpoint() + "/" + S3Process.BUCKET)))
                .as("unsigned request")
                .isEqualTo(403);
        var before = servers().stream()
                .map(server -> ProcessHandle.of(server.pid()).orElseThrow())
                .toList();
        assertThat(ProcessHandle.current().descendants()).containsAll(before);

        servers().forEach(LocalServer::stop);

        assertThat(ProcessHandle.current().descendants()).doesNotContainAnyElementsOf(before);
        assertThat(directory.resolve("run")).isEmptyDirectory();
        for (var server : servers()) {
            assertThat(FreePorts.isFree(server.port())).as(server.name()).isTrue();
        }
    }

    @Test
    void postgres_commits_durably_and_keeps_its_rows_over_a_kill_and_a_restart_on_the_same_port() throws Exception {
        postgres.start();
        assertThat(List.of(show("fsync"), show("synchronous_commit"), show("full_page_writes")))
                .containsOnly("on");
        execute("create table kept (n int)");
        execute("insert into kept values (7)");

        postgres.kill9();
        assertThat(postgres.isRunning()).isFalse();
        postgres.start();

        assertThat(query("select n from kept")).isEqualTo("7");
        postgres.restart();
        assertThat(query("select n from kept")).isEqualTo("7");
    }

    @Test
    void postgres_starts_although_a_killed_one_left_its_lock_file_naming_a_living_process() throws Exception {
        postgres.start();
        var lock = Files.readString(directory.resolve("postgres/postmaster.pid"));
        postgres.kill9();
        Files.writeString(
                directory.resolve("postgres/postmaster.pid"),
                lock.replaceFirst("\\d+", Long.toString(ProcessHandle.current().pid())));

        postgres.start();

        assertThat(query("select 1")).isEqualTo("1");
    }

    @Test
    void redis_and_the_object_store_come_back_on_the_same_port() throws Exception {
        redis.start();
        s3.start();
        redis.flushAll();

        redis.restart();
        s3.kill9();
        s3.start();

        redis.flushAll();
        assertThat(HttpProbe.status(URI.create(s3.endpoint() + "/" + S3Process.BUCKET)))
                .isEqualTo(403);
    }

    @Test
    void servers_left_behind_by_a_killed_launcher_are_ended_by_the_next() throws Exception {
        postgres.start();
        redis.start();
        var left = Stream.of(postgres, redis)
                .map(server -> ProcessHandle.of(server.pid()).orElseThrow())
                .toList();

        var ended = Supervision.in(directory).run().stopLeftovers(Duration.ofSeconds(20));

        assertThat(ended).containsExactlyInAnyOrder("postgres", "redis");
        assertThat(left).noneMatch(ProcessHandle::isAlive);
        postgres.start();
        assertThat(query("select 1")).isEqualTo("1");
    }

    private List<LocalServer> servers() {
        return List.of(postgres, redis, s3);
    }

    private String show(String setting) throws SQLException {
        return query("show " + setting);
    }

    private void execute(String sql) throws SQLException {
        try (var connection = postgres.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String query(String sql) throws SQLException {
        try (var connection = postgres.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
