import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.client.ApiClient;
import io.storyreel.local.client.FilePart;
import io.storyreel.local.client.VideoDownload;
import io.storyreel.local.media.FfmpegBinary;
import io.storyreel.local.process.FreePorts;
import io.storyreel.local.process.Supervision;
import io.storyreel.local.server.EmbeddedPostgres;
import io.storyreel.local.server.RedisServerProcess;
import io.storyreel.local.server.S3Process;
import io.storyreel.local.server.ServiceProcess;
import io.storyreel.local.speech.SpeechServer;
import io.storyreel.local.stack.Installation;
import io.storyreel.local.stack.Secret;
import io.storyreel.local.stack.ServiceEnvironment;
import io.storyreel.local.stack.StackDirectory;
import io.storyreel.local.stack.Token;

import javax.imageio.ImageIO;
import java.awt.image.BufferedImage;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Every preset in every format, of a video that moves in parts. See README.md; run by run.sh. */
public final class Exports {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] PRESETS = System.getProperty("exports.presets", "low,medium,high,uhd").split(",");
    private static final String[] FORMATS = System.getProperty("exports.formats", "mp4,mov,webm").split(",");
    private static final String[] MOTIONS = System.getProperty("exports.motions", "zoom_in,none,pan_left,none").split(",");
    private static final Map<String, int[]> WANTED = Map.of(
            "low", new int[] {854, 480, 1_000},
            "medium", new int[] {1_280, 720, 2_500},
            "high", new int[] {1_920, 1_080, 5_000},
            "uhd", new int[] {3_840, 2_160, 16_000});
    private static final double SECONDS = 30;

    private final List<AutoCloseable> running = new CopyOnWriteArrayList<>();
    private final UUID workspace = UUID.randomUUID();
    private FfmpegBinary ffmpeg;
    private ApiClient client;
    private Path root;

    public static void main(String[] args) throws Exception {
        var bench = new Exports();
        bench.root = Files.createTempDirectory("storyreel-exports");
        // The servers are processes of their own, which an interruption must not leave behind.
        Runtime.getRuntime().addShutdownHook(new Thread(bench::stop));
        try {
            bench.start();
            boolean good = bench.measure();
            System.exit(good ? 0 : 1);
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

    private void start() throws Exception {
        StackDirectory home = new StackDirectory(root).made();
        Installation installation = Installation.current();
        Supervision supervision = Supervision.in(root);
        Path programs = Files.createDirectories(root.resolve("programs"));
        Secret secret = Secret.of(home);
        var postgres = new EmbeddedPostgres(
                home.postgres(), programs, FreePorts.next(), secret.derive("postgres"), supervision);
        var redis = new RedisServerProcess(home.redis(), programs, FreePorts.next(), supervision);
        var s3 = new S3Process(installation.s3Jar(), home.s3(), FreePorts.next(), secret.derive("s3"), supervision);
        ffmpeg = FfmpegBinary.find(System.getenv(), programs);
        String speechKey = secret.derive("speech");
        var speech = new SpeechServer(FreePorts.next(), speechKey, ffmpeg.path(), supervision.log());
        var environment = new ServiceEnvironment(postgres, redis, s3, null);
        var api = new ServiceProcess(
                "api", installation.apiJar(), FreePorts.next(), 384, environment.api(secret), supervision);
        var worker = new ServiceProcess(
                "worker",
                installation.workerJar(),
                FreePorts.next(),
                384,
                environment.worker(ffmpeg, speech, speechKey, home.scratch().toString(), Map.of()),
                supervision);
        running.add(postgres);
        postgres.start();
        running.add(redis);
        redis.start();
        running.add(s3);
        s3.start();
        running.add(speech);
        speech.start();
        running.add(api);
        api.start();
        running.add(worker);
        worker.start();
        String token = Token.issue(secret, "bench", workspace, Duration.ofHours(12), Clock.systemUTC());
        client = new ApiClient(URI.create(api.url()), token);
    }

    private boolean measure() throws Exception {
        String base = "/api/v1/video/workspaces/" + workspace;
        String job = rendered(base);
        System.out.println("| preset | format | picture | kbit/s | of the preset | length off | index in front | made in |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        boolean good = true;
        for (String preset : PRESETS) {
            for (String format : FORMATS) {
                good &= export(base + "/render/jobs/" + job, preset, format);
            }
        }
        return good;
    }

    private String rendered(String base) throws Exception {
        ObjectNode film = JSON.createObjectNode().put("title", "Exported").put("approved", true);
        film.putObject("output").put("resolution", "1080p").put("fps", 30);
        var scenes = film.putArray("storyboard");
        for (int i = 0; i < MOTIONS.length; i++) {
            Path picture = root.resolve("picture-" + i + ".jpg");
            ImageIO.write(picture(i), "jpg", picture.toFile());
            String asset = client.upload(base + "/assets", FilePart.of(picture)).get("asset_url").asText();
            scenes.addObject()
                    .put("scene_index", i + 1)
                    .put("image_url", asset)
                    .put("duration", SECONDS / MOTIONS.length)
                    .put("motion", MOTIONS[i])
                    .put("transition", i == 0 ? "none" : "fade");
        }
        film.putArray("script").addObject().put("text", "A walk along the harbour, early in the morning.");
        String project = client.post(base + "/projects", film).get("id").asText();
        String job = client.post(base + "/render/" + project, JSON.createObjectNode().put("provider", "local"))
                .get("job_id")
                .asText();
        JsonNode done = ended(base + "/render/jobs/" + job);
        if (!done.get("status").asText().equals("completed")) {
            throw new IllegalStateException("the video was not rendered: " + done);
        }
        return job;
    }

    private boolean export(String job, String preset, String format) throws Exception {
        Instant begun = Instant.now();
        ObjectNode wish = JSON.createObjectNode();
        wish.putArray("exports").addObject().put("format", format).put("quality", preset);
        String id = client.post(job + "/exports", wish).at("/exports/0/export_id").asText();
        JsonNode export = ended(job + "/exports/" + id);
        long took = Duration.between(begun, Instant.now()).toSeconds();
        if (!export.get("status").asText().equals("completed")) {
            throw new IllegalStateException(preset + " " + format + " was not made: " + export);
        }
        Path file = root.resolve(preset + "." + format);
        new VideoDownload(client, file).fetch(URI.create(export.get("url").asText()));
        Probe probe = probe(file);
        int[] wanted = WANTED.get(preset);
        double ratio = probe.kbps() / wanted[2];
        double off = probe.seconds() - SECONDS;
        boolean front = indexIsInFront(file, format);
        String picture = probe.codec() + " " + probe.width() + " x " + probe.height();
        System.out.printf(
                "| `%s` | %s | %s | %.0f | %.2f | %+.3f s | %s | %d s |%n",
                preset, format, picture, probe.kbps(), ratio, off, front ? "yes" : "NO", took);
        return ratio >= 0.85
                && ratio <= 1.15
                && Math.abs(off) <= 0.05
                && front
                && probe.codec().equals(format.equals("webm") ? "vp9" : "h264")
                && probe.width() == wanted[0]
                && probe.height() == wanted[1];
    }

    private record Probe(String codec, int width, int height, double kbps, double seconds) {}

    /** Counts the packets of the picture itself. */
    private Probe probe(Path file) throws Exception {
        var process = new ProcessBuilder(
                        ffmpeg.path().toString(), "-nostdin", "-v", "error", "-i", file.toString(), "-map", "0", "-c",
                        "copy", "-f", "framecrc", "-")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        double[] base = new double[2];
        double[] end = new double[2];
        long bytes = 0;
        String codec = "";
        int width = 0;
        int height = 0;
        var header = Pattern.compile("#(\\w+) (\\d+): *(\\S+).*");
        for (String line : new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).split("\n")) {
            var match = header.matcher(line);
            if (match.matches()) {
                int stream = Integer.parseInt(match.group(2));
                switch (match.group(1)) {
                    case "tb" -> {
                        String[] parts = match.group(3).split("/");
                        base[stream] = Double.parseDouble(parts[0]) / Double.parseDouble(parts[1]);
                    }
                    case "codec_id" -> codec = stream == 0 ? match.group(3) : codec;
                    case "dimensions" -> {
                        String[] parts = match.group(3).split("x");
                        width = Integer.parseInt(parts[0]);
                        height = Integer.parseInt(parts[1]);
                    }
                    default -> {}
                }
            } else if (!line.startsWith("#")) {
                String[] fields = line.split(",");
                int stream = Integer.parseInt(fields[0].strip());
                bytes += stream == 0 ? Long.parseLong(fields[4].strip()) : 0;
                end[stream] = Math.max(
                        end[stream],
                        (Long.parseLong(fields[2].strip()) + Long.parseLong(fields[3].strip())) * base[stream]);
            }
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException("ffmpeg cannot read " + file);
        }
        return new Probe(codec, width, height, bytes * 8 / 1e3 / end[0], Math.max(end[0], end[1]));
    }

    private static boolean indexIsInFront(Path file, String format) throws Exception {
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        String index = format.equals("webm") ? "\u001c\u0053\u00bb\u006b" : "moov";
        String media = format.equals("webm") ? "\u001f\u0043\u00b6\u0075" : "mdat";
        return format.equals("webm")
                // The list of contents in front names the index too: what counts is where it is itself.
                ? bytes.lastIndexOf(index) < bytes.indexOf(media)
                : bytes.indexOf(index) > 0 && bytes.indexOf(index) < bytes.indexOf(media);
    }

    /** Something like a photograph: shapes of all sizes, and grain. */
    private static BufferedImage picture(int seed) {
        int width = 2_400;
        int height = 1_350;
        double[][] channels = new double[3][width * height];
        for (int channel = 0; channel < 3; channel++) {
            var random = new Random(31L * seed + channel);
            for (int cell = 400; cell >= 3; cell /= 2) {
                int across = width / cell + 2;
                double[] grid = random.doubles((long) across * (height / cell + 2)).toArray();
                double weight = Math.pow(cell / 400.0, 0.7);
                for (int y = 0; y < height; y++) {
                    for (int x = 0; x < width; x++) {
                        int at = y / cell * across + x / cell;
                        double fx = x % cell / (double) cell;
                        double fy = y % cell / (double) cell;
                        double top = grid[at] * (1 - fx) + grid[at + 1] * fx;
                        double bottom = grid[at + across] * (1 - fx) + grid[at + across + 1] * fx;
                        channels[channel][y * width + x] += weight * (top * (1 - fy) + bottom * fy - 0.5);
                    }
                }
            }
        }
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var grain = new Random(seed);
        for (int i = 0; i < width * height; i++) {
            int noise = grain.nextInt(9) - 4;
            int rgb = 0;
            for (int channel = 0; channel < 3; channel++) {
                int value = (int) (128 + 110 * channels[channel][i]) + noise;
                rgb = rgb << 8 | Math.max(0, Math.min(255, value));
            }
            image.setRGB(i % width, i / width, rgb);
        }
        return image;
    }

    private JsonNode ended(String path) throws Exception {
        List<String> finals = List.of("completed", "failed", "canceled");
        while (true) {
            JsonNode job = client.get(path);
            if (finals.contains(job.get("status").asText())) {
                return job;
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }
}
