package io.storyreel.local.server;

import io.storyreel.local.process.Launch;
import io.storyreel.local.process.Signal;
import io.storyreel.local.process.Supervision;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * An S3 server that keeps objects as plain files. It checks signatures of requests and presigned URLs. A process of its
 * own because its many libraries must not share a class path with ours.
 */
public final class S3Process extends LocalServer {

    public static final String ACCESS_KEY = "storyreel";
    public static final String BUCKET = "storyreel";
    private static final int HEAP_MEGABYTES = 256;

    private final Path jar;
    private final Path data;
    private final String secretKey;

    /**
     * @param jar s3proxy with its dependencies
     * @param data one directory per bucket, made if missing together with the bucket {@value #BUCKET}
     */
    public S3Process(Path jar, Path data, int port, String secretKey, Supervision supervision) {
        super("s3", port, supervision);
        this.jar = jar.toAbsolutePath();
        this.data = data.toAbsolutePath();
        this.secretKey = secretKey;
    }

    public String endpoint() {
        return "http://127.0.0.1:" + port();
    }

    public String secretKey() {
        return secretKey;
    }

    @Override
    protected void prepare() throws IOException {
        if (!Files.isRegularFile(jar)) {
            throw new IOException("the S3 server is missing: " + jar + "; build it with mvn -pl local-stack package");
        }
        // The server takes a bucket that others on this machine may read for one that is public to all.
        Files.setPosixFilePermissions(
                Files.createDirectories(data.resolve(BUCKET)), PosixFilePermissions.fromString("rwx------"));
        PrivateFile.write(
                settings(),
                String.join(
                        "\n",
                        "s3proxy.endpoint=" + endpoint(),
                        "s3proxy.authorization=aws-v2-or-v4",
                        "s3proxy.identity=" + ACCESS_KEY,
                        "s3proxy.credential=" + secretKey,
                        "jclouds.provider=filesystem-nio2",
                        "jclouds.identity=unused",
                        "jclouds.credential=unused",
                        "jclouds.filesystem.basedir=" + data,
                        ""));
    }

    /** Beside the data, not in it, where it would pass for a bucket. */
    private Path settings() {
        return data.resolveSibling(data.getFileName() + ".properties");
    }

    @Override
    protected Launch launch() {
        return new Launch(
                name(),
                JavaProgram.command(
                        HEAP_MEGABYTES, jar, List.of("--properties", settings().toString())),
                data.getParent(),
                Map.of("LOG_LEVEL", "warn", "JETTY_LOG_LEVEL", "warn"),
                Signal.TERM,
                Duration.ofSeconds(10));
    }

    @Override
    protected boolean answers() {
        return HttpProbe.status(URI.create(endpoint() + "/")) != HttpProbe.SILENT;
    }
}
