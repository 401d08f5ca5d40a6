package io.storyreel.local.server;

import io.storyreel.local.process.Launch;
import io.storyreel.local.process.Signal;
import io.storyreel.local.process.Supervision;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One of our services, run from its jar; up when {@code /q/health/ready} says so. */
public final class ServiceProcess extends LocalServer {

    private final Path jar;
    private final int heapMegabytes;
    private final Map<String, String> environment;

    /** @param environment what the service reads; {@code PORT} and {@code HOST} are added */
    public ServiceProcess(
            String name,
            Path jar,
            int port,
            int heapMegabytes,
            Map<String, String> environment,
            Supervision supervision) {
        super(name, port, supervision);
        this.jar = jar.toAbsolutePath();
        this.heapMegabytes = heapMegabytes;
        this.environment = new HashMap<>(environment);
        this.environment.put("PORT", Integer.toString(port));
        this.environment.putIfAbsent("HOST", "127.0.0.1");
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    @Override
    protected void prepare() throws IOException {
        if (!Files.isRegularFile(jar)) {
            throw new IOException(name() + " has not been built: " + jar + " is missing; run mvn -DskipTests package");
        }
    }

    @Override
    protected Launch launch() {
        return new Launch(
                name(),
                JavaProgram.command(heapMegabytes, jar, List.of()),
                jar.getParent(),
                environment,
                Signal.TERM,
                Duration.ofSeconds(15));
    }

    /**
     * A service whose jars were deleted beneath it cannot load the classes that an orderly end takes: it would hang until
     * its time is over. What it had in hand is taken over, as after a crash.
     */
    @Override
    public void stop() {
        if (Files.isRegularFile(jar)) {
            super.stop();
        } else {
            kill9();
        }
    }

    @Override
    protected boolean answers() {
        return HttpProbe.status(URI.create(url() + "/q/health/ready")) == 200;
    }
}
