import io.minio.GetPresignedObjectUrlArgs;
import io.minio.MinioClient;
import io.minio.UploadObjectArgs;
import io.minio.http.Method;
import io.storyreel.local.process.FreePorts;
import io.storyreel.local.process.Supervision;
import io.storyreel.local.server.EmbeddedPostgres;
import io.storyreel.local.server.RedisServerProcess;
import io.storyreel.local.server.S3Process;
import io.storyreel.local.server.ServiceProcess;
import io.storyreel.local.stack.Installation;
import io.storyreel.local.stack.Secret;
import io.storyreel.local.stack.ServiceEnvironment;
import io.storyreel.local.stack.StackDirectory;
import io.storyreel.local.stack.Token;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A large video through the API and from the S3 server itself. See README.md; run by run.sh. */
public final class Download {
    private static final int MEGABYTES = Integer.getInteger("download.megabytes", 2_048);
    private static final int ROUNDS = Integer.getInteger("download.rounds", 3);
    private static final int HEAP = Integer.getInteger("download.heap", 512);
    private static final int MEGABYTE = 1 << 20;

    private final List<AutoCloseable> running = new CopyOnWriteArrayList<>();
    private final UUID workspace = UUID.randomUUID();
    private ServiceProcess api;
    private String token;
    private String direct;
    private String throughApi;
    private volatile long most;
    private volatile boolean over;

    public static void main(String[] args) throws Exception {
        Path root = Files.createTempDirectory("storyreel-download");
        var bench = new Download();
        // The servers are processes of their own, which an interruption must not leave behind.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> bench.stop(root)));
        try {
            bench.start(root);
            bench.measure();
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private synchronized void stop(Path root) {
        while (!running.isEmpty()) {
            try {
                running.remove(running.size() - 1).close();
            } catch (Exception e) {
                e.printStackTrace();
            }
        }
        try (var files = Files.walk(root)) {
            files.sorted((one, other) -> other.compareTo(one)).forEach(file -> file.toFile().delete());
        } catch (Exception e) {
            e.printStackTrace();
        }
    }

    private void start(Path root) throws Exception {
        StackDirectory home = new StackDirectory(root).made();
        Installation installation = Installation.current();
        Supervision supervision = Supervision.in(root);
        Path programs = Files.createDirectories(root.resolve("programs"));
        Secret secret = Secret.of(home);
        var postgres = new EmbeddedPostgres(
                home.postgres(), programs, FreePorts.next(), secret.derive("postgres"), supervision);
        var redis = new RedisServerProcess(home.redis(), programs, FreePorts.next(), supervision);
        var s3 = new S3Process(installation.s3Jar(), home.s3(), FreePorts.next(), secret.derive("s3"), supervision);
        var environment = new ServiceEnvironment(postgres, redis, s3, null);
        api = new ServiceProcess(
                "api", installation.apiJar(), FreePorts.next(), HEAP, environment.api(secret), supervision);
        token = Token.issue(secret, "bench", workspace, Duration.ofHours(12), Clock.systemUTC());
        running.add(postgres);
        postgres.start();
        running.add(redis);
        redis.start();
        running.add(s3);
        s3.start();
        running.add(api);
        api.start();
        UUID project = UUID.randomUUID();
        UUID job = UUID.randomUUID();
        String key = "renders/" + job + "/video.mp4";
        Path file = made(root);
        var store = MinioClient.builder()
                .endpoint(s3.endpoint())
                .region("us-east-1")
                .credentials(S3Process.ACCESS_KEY, s3.secretKey())
                .build();
        store.uploadObject(UploadObjectArgs.builder()
                .bucket(S3Process.BUCKET)
                .object(key)
                .filename(file.toString())
                .contentType("video/mp4")
                .build());
        Files.delete(file);
        try (var connection = postgres.connect();
                var statement = connection.createStatement()) {
            statement.executeUpdate("insert into video_project (id, workspace_id, title, storyboard, spec_digest) values ('"
                    + project + "', '" + workspace + "', 'large', '{}', 'd')");
            statement.executeUpdate("insert into job (id, kind, workspace_id, project_id, spec_digest, provider, status,"
                    + " completed_at, result) values ('" + job + "', 'render', '" + workspace + "', '" + project
                    + "', 'd', 'local', 'completed', now(), '{\"video\": {\"key\": \"" + key
                    + "\", \"media_type\": \"video/mp4\", \"size\": " + (long) MEGABYTES * MEGABYTE
                    + ", \"sha256\": \"" + "ab".repeat(32) + "\"}}')");
        }
        direct = store.getPresignedObjectUrl(GetPresignedObjectUrlArgs.builder()
                .method(Method.GET)
                .bucket(S3Process.BUCKET)
                .region("us-east-1")
                .object(key)
                .expiry(1, TimeUnit.DAYS)
                .build());
        throughApi = api.url() + "/api/v1/video/workspaces/" + workspace + "/render/jobs/" + job + "/video";
    }

    /** Bytes that nothing can make smaller. */
    private static Path made(Path root) throws Exception {
        Path file = root.resolve("video.bin");
        var random = new Random(7);
        byte[] block = new byte[MEGABYTE];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < MEGABYTES; i++) {
                random.nextBytes(block);
                out.write(block);
            }
        }
        return file;
    }

    private void measure() throws Exception {
        // What any first request loads belongs to no download.
        fetch(throughApi, "bytes=0-0");
        fetch(direct, "bytes=0-0");
        long before = resident("VmRSS");
        say("load average: %s", Files.readString(Path.of("/proc/loadavg")).strip());
        say("API before: %d MB resident, -Xmx%dm", before / 1024, HEAP);
        Thread watch = new Thread(this::watch);
        watch.start();
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        for (int round = 1; round <= ROUNDS; round++) {
            double one = fetch(throughApi, null);
            long now = resident("VmRSS");
            double other = fetch(direct, null);
            ours.add(one);
            theirs.add(other);
            say("round %d: API %.0f MB/s, S3 %.0f MB/s, API %d MB resident", round, one, other, now / 1024);
        }
        over = true;
        watch.join();
        say("median: API %.0f MB/s, S3 %.0f MB/s, ratio %.2f", median(ours), median(theirs), median(ours) / median(theirs));
        say("API resident: %d MB before, %d MB at most, growth %d MB (limit 64)", before / 1024, most / 1024,
                (most - before) / 1024);
        say("load average: %s", Files.readString(Path.of("/proc/loadavg")).strip());
        if (most - before > 64 * 1024) {
            throw new IllegalStateException("the API grew by more than 64 MB");
        }
    }

    private void watch() {
        try {
            while (!over) {
                most = Math.max(most, resident("VmRSS"));
                TimeUnit.MILLISECONDS.sleep(100);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return MB/s, a MB being 10^6 bytes */
    private double fetch(String address, String range) throws Exception {
        var connection = (HttpURLConnection) URI.create(address).toURL().openConnection();
        connection.setReadTimeout(60_000);
        if (address.startsWith(api.url())) {
            connection.setRequestProperty("Authorization", "Bearer " + token);
        }
        if (range != null) {
            connection.setRequestProperty("Range", range);
        }
        long begun = System.nanoTime();
        long bytes = 0;
        byte[] buffer = new byte[256 * 1024];
        try (InputStream in = connection.getInputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes += read;
            }
        }
        if (range == null && bytes != (long) MEGABYTES * MEGABYTE) {
            throw new IllegalStateException("only " + bytes + " bytes came of " + address);
        }
        return bytes * 1e3 / (System.nanoTime() - begun);
    }

    private long resident(String what) throws Exception {
        var line = Pattern.compile(what + ":\\s+(\\d+)")
                .matcher(Files.readString(Path.of("/proc/" + api.pid() + "/status")));
        return line.find() ? Long.parseLong(line.group(1)) : 0;
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(value -> value).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void say(String text, Object... values) {
        System.out.println(String.format(text, values));
    }
}
