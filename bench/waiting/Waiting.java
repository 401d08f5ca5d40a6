import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.client.ApiClient;
import io.storyreel.local.client.FilePart;
import io.storyreel.local.media.FfmpegBinary;
import io.storyreel.local.process.FreePorts;
import io.storyreel.local.process.Supervision;
import io.storyreel.local.server.EmbeddedPostgres;
import io.storyreel.local.server.RedisServerProcess;
import io.storyreel.local.server.S3Process;
import io.storyreel.local.server.ServiceProcess;
import io.storyreel.local.simulator.Simulator;
import io.storyreel.local.simulator.task.Pace;
import io.storyreel.local.speech.SpeechServer;
import io.storyreel.local.stack.Installation;
import io.storyreel.local.stack.Secret;
import io.storyreel.local.stack.ServiceEnvironment;
import io.storyreel.local.stack.StackDirectory;
import io.storyreel.local.stack.Token;

import javax.imageio.ImageIO;
import java.awt.image.BufferedImage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** One worker holds thousands of jobs that wait for slow providers. See README.md; run by run.sh. */
public final class Waiting {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String[] PROVIDERS = {"runway", "pika", "replicate", "custom"};
    private static final int HEAP = Integer.getInteger("waiting.heap", 512);
    private static final int JOBS = Integer.getInteger("waiting.jobs", 5_000);
    private static final int SAMPLES = Integer.getInteger("waiting.seconds", 120);

    /** Until the pace of asking has come down to where it stays. */
    private static final int SETTLING = Integer.getInteger("waiting.settling", 120);

    /** Ticks of {@code /proc/PID/stat} a second, on every Linux that Java 17 runs on. */
    private static final double TICKS = 100;

    private final List<AutoCloseable> running = new CopyOnWriteArrayList<>();
    private EmbeddedPostgres postgres;
    private ServiceProcess worker;
    private ServiceProcess api;
    private String token;
    private final UUID workspace = UUID.randomUUID();

    public static void main(String[] args) throws Exception {
        Path root = Files.createTempDirectory("storyreel-waiting");
        var bench = new Waiting();
        // The servers are processes of their own, which an interruption must not leave behind.
        Runtime.getRuntime().addShutdownHook(new Thread(bench::stop));
        try {
            bench.start(root);
            bench.submit(root);
            bench.measure();
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private synchronized void stop() {
        while (!running.isEmpty()) {
            try {
                running.remove(running.size() - 1).close();
            } catch (Exception e) {
                e.printStackTrace();
            }
        }
    }

    private void start(Path root) throws Exception {
        StackDirectory home = new StackDirectory(root).made();
        Installation installation = Installation.current();
        Supervision supervision = Supervision.in(root);
        Path programs = Files.createDirectories(root.resolve("programs"));
        Secret secret = Secret.of(home);
        postgres = new EmbeddedPostgres(
                home.postgres(), programs, FreePorts.next(), secret.derive("postgres"), supervision);
        var redis = new RedisServerProcess(home.redis(), programs, FreePorts.next(), supervision);
        var s3 = new S3Process(installation.s3Jar(), home.s3(), FreePorts.next(), secret.derive("s3"), supervision);
        FfmpegBinary ffmpeg = FfmpegBinary.find(System.getenv(), programs);
        String speechKey = secret.derive("speech");
        var speech = new SpeechServer(FreePorts.next(), speechKey, ffmpeg.path(), supervision.log());
        Pace slow = Pace.exactly(Duration.ZERO, Duration.ofHours(6)).withConcurrency(2 * JOBS);
        var simulator = new Simulator(
                FreePorts.next(), ffmpeg.path(), home.simulator(), slow, InstantSource.system(), supervision.log());
        var environment = new ServiceEnvironment(postgres, redis, s3, simulator);
        api = new ServiceProcess(
                "api", installation.apiJar(), FreePorts.next(), HEAP, environment.api(secret), supervision);
        worker = new ServiceProcess(
                "worker",
                installation.workerJar(),
                FreePorts.next(),
                HEAP,
                settings(environment.worker(
                        ffmpeg, speech, speechKey, home.scratch().toString(), Map.of())),
                supervision);
        token = Token.issue(secret, "bench", workspace, Duration.ofHours(12), Clock.systemUTC());
        running.add(postgres);
        postgres.start();
        running.add(redis);
        redis.start();
        running.add(s3);
        s3.start();
        running.add(simulator);
        simulator.start();
        running.add(api);
        api.start();
        running.add(worker);
        worker.start();
        // Jobs are planned by what workers offer, which they tell every few seconds.
        until("the worker's offers", () -> get(api, "/health/video").contains("\"replicate\""));
    }

    private static Map<String, String> settings(Map<String, String> stack) {
        var settings = new HashMap<>(stack);
        settings.put("STORYREEL_WORKER_SLOTS", Integer.toString(JOBS + 100));
        // The tasks outlast the measurement; all else is as it comes.
        for (String patience : List.of(
                "STORYREEL_RUNWAY_PATIENCE",
                "STORYREEL_PIKA_PATIENCE",
                "STORYREEL_REPLICATE_CLIP_PATIENCE",
                "STORYREEL_CUSTOM_LEAST_PATIENCE")) {
            settings.put(patience, "6h");
        }
        return settings;
    }

    private void submit(Path root) throws Exception {
        var client = new ApiClient(URI.create(api.url()), token);
        String base = "/api/v1/video/workspaces/" + workspace;
        Path picture = root.resolve("picture.png");
        ImageIO.write(new BufferedImage(320, 180, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());
        String asset = client.upload(base + "/assets", FilePart.of(picture))
                .get("asset_url")
                .asText();
        Instant begun = Instant.now();
        var users = Executors.newFixedThreadPool(8);
        List<Future<?>> sent = new ArrayList<>();
        for (int i = 0; i < JOBS; i++) {
            int number = i;
            sent.add(users.submit(() -> {
                ObjectNode film =
                        JSON.createObjectNode().put("title", "Waiting " + number).put("approved", true);
                film.putArray("storyboard")
                        .addObject()
                        .put("scene_index", 1)
                        .put("image_url", asset)
                        .put("duration", 2 + number / 1e4) // custom sends no words: no two alike all the same
                        .put("description", "Scene of job " + number);
                String project =
                        client.post(base + "/projects", film).get("id").asText();
                ObjectNode wish = JSON.createObjectNode().put("provider", PROVIDERS[number % PROVIDERS.length]);
                return client.post(base + "/render/" + project, wish);
            }));
        }
        for (Future<?> each : sent) {
            each.get();
        }
        users.shutdown();
        say("%d renders accepted after %d s", JOBS, seconds(begun));
        until("all tasks at their providers", () -> {
            long there = count("select count(*) from provider_task where state = 'running'");
            say("  %d s: %d tasks running, heap %.0f MB", seconds(begun), there, heap(metrics()));
            TimeUnit.SECONDS.sleep(5);
            return there == JOBS;
        });
        say("all tasks are at their providers after %d s", seconds(begun));
        TimeUnit.SECONDS.sleep(SETTLING);
    }

    private void measure() throws Exception {
        String before = metrics();
        double cpu = cpuSeconds();
        Instant begun = Instant.now();
        double most = 0;
        double least = Double.MAX_VALUE;
        double threads = 0;
        while (seconds(begun) < SAMPLES) {
            String now = metrics();
            most = Math.max(most, heap(now));
            least = Math.min(least, heap(now));
            threads = Math.max(threads, sum(now, "jvm_threads_live_threads", ""));
            TimeUnit.MILLISECONDS.sleep(500);
        }
        double took = Duration.between(begun, Instant.now()).toMillis() / 1e3;
        String after = metrics();
        double polls = 0;
        for (String provider : PROVIDERS) {
            String label = "provider=\"" + provider + "\"";
            double own = polls(after, label) - polls(before, label);
            polls += own;
            say("polls/s of %s: %.1f", provider, own / took);
        }
        say("jobs: %d processing, %d other", status("= 'processing'"), status("<> 'processing'"));
        say("polls/s: %.1f over %.0f s", polls / took, took);
        say("failed calls to providers: %.0f", sum(after, "storyreel_provider_errors_total", ""));
        say("heap used: %.0f to %.0f MB of %d MB", least, most, HEAP);
        say("resident memory: %d MB", residentKilobytes() / 1024);
        say("CPU: %.2f cores", (cpuSeconds() - cpu) / took);
        say("threads: %.0f live, %.0f at most since the start", threads, sum(after, "jvm_threads_peak_threads", ""));
    }

    private static double polls(String page, String label) {
        return sum(page, "storyreel_provider_latency_seconds_count", "operation=\"poll\"", label);
    }

    private static double heap(String page) {
        return sum(page, "jvm_memory_used_bytes", "area=\"heap\"") / (1 << 20);
    }

    /** Of all samples of the metric that have these labels. */
    private static double sum(String page, String metric, String... labels) {
        return page.lines()
                .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
                .filter(line -> List.of(labels).stream().allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private double cpuSeconds() throws Exception {
        String[] stat =
                Files.readString(Path.of("/proc/" + worker.pid() + "/stat")).split("\\) ")[1].split(" ");
        return (Double.parseDouble(stat[11]) + Double.parseDouble(stat[12])) / TICKS;
    }

    private long residentKilobytes() throws Exception {
        var resident = Pattern.compile("VmRSS:\\s+(\\d+)")
                .matcher(Files.readString(Path.of("/proc/" + worker.pid() + "/status")));
        return resident.find() ? Long.parseLong(resident.group(1)) : 0;
    }

    private String metrics() throws Exception {
        return get(worker, "/q/metrics");
    }

    private static String get(ServiceProcess service, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(service.url() + path)).build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private long status(String condition) throws Exception {
        return count("select count(*) from job where status " + condition);
    }

    private long count(String sql) throws Exception {
        try (var connection = postgres.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void until(String what, Callable<Boolean> condition) throws Exception {
        Instant begun = Instant.now();
        while (!condition.call()) {
            if (!worker.isRunning() || seconds(begun) > 3600) {
                throw new IllegalStateException(
                        what + " never came; the worker's last words: " + String.join("\n", worker.lastLines()));
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private static long seconds(Instant since) {
        return Duration.between(since, Instant.now()).toSeconds();
    }

    private static void say(String text, Object... values) {
        System.out.println(String.format(text, values));
    }
}
