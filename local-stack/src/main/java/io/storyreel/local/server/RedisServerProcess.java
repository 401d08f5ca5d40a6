package io.storyreel.local.server;

import io.storyreel.local.process.Launch;
import io.storyreel.local.process.Signal;
import io.storyreel.local.process.Supervision;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.model.OsArchitecture;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** The bundled Redis with an append-only file, so that it comes back with what it held, give or take a second. */
public final class RedisServerProcess extends LocalServer {

    private final Path data;
    private final Path programs;
    private Path program;

    /**
     * @param data holds the append-only file, made if missing
     * @param programs where the bundled program is unpacked, once
     */
    public RedisServerProcess(Path data, Path programs, int port, Supervision supervision) {
        super("redis", port, supervision);
        this.data = data.toAbsolutePath();
        this.programs = programs.toAbsolutePath();
    }

    public String url() {
        return "redis://127.0.0.1:" + port();
    }

    @Override
    protected void prepare() throws IOException {
        Files.createDirectories(data);
        var bundled = ExecutableProvider.newProvidedVersionsMap().get(OsArchitecture.detectOSandArchitecture());
        if (bundled == null) {
            throw new IOException(
                    "no bundled Redis for " + System.getProperty("os.name") + " on " + System.getProperty("os.arch"));
        }
        var fileName = Path.of(bundled).getFileName();
        var directory = Unpacked.once(programs.resolve("redis").resolve(fileName), target -> {
            Files.createDirectories(target);
            ExecutableProvider.newJarResourceProvider(target.toFile()).get();
        });
        program = directory.resolve(fileName);
    }

    @Override
    protected Launch launch() {
        var command = List.of(
                program.toString(),
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port()),
                "--dir",
                data.toString(),
                "--appendonly",
                "yes",
                "--appendfsync",
                "everysec",
                "--save",
                "",
                "--loglevel",
                "warning",
                "--daemonize",
                "no");
        return new Launch(name(), command, data, Map.of(), Signal.TERM, Duration.ofSeconds(10));
    }

    @Override
    protected boolean answers() {
        return "+PONG".equals(ask("PING", 5));
    }

    /** Forgets everything at once, as {@code FLUSHALL} does. */
    public void flushAll() throws IOException {
        var answer = ask("FLUSHALL", 3);
        if (!"+OK".equals(answer)) {
            throw new IOException("redis answered FLUSHALL with " + answer);
        }
    }

    private String ask(String command, int answerLength) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), 1000);
            socket.setSoTimeout(2000);
            socket.getOutputStream().write((command + "\r\n").getBytes(US_ASCII));
            return new String(socket.getInputStream().readNBytes(answerLength), US_ASCII);
        } catch (IOException e) {
            return "no answer: " + e.getMessage();
        }
    }
}
