package io.storyreel.worker.media;

import io.quarkus.runtime.configuration.MemorySize;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The ffmpeg of the tests: the one STORYREEL_FFMPEG names, else the one in the test class path. */
public final class TestFfmpeg {

    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Path BINARY = locate();

    private TestFfmpeg() {}

    public static FfmpegConfig config() {
        return config(BINARY.toString(), 0, Duration.ofSeconds(2));
    }

    public static FfmpegConfig config(String path, int parallel, Duration stopGrace) {
        return new Settings(path, parallel, stopGrace, 700_000_000);
    }

    /** Settings under which every scene is a run of its own. */
    static FfmpegConfig frugal() {
        return new Settings(BINARY.toString(), 0, Duration.ofSeconds(2), 1);
    }

    static Ffmpeg start() {
        return new Ffmpeg(config());
    }

    /** The processes of ours that write an MP4 below a directory. */
    public static List<ProcessHandle> composingIn(Path directory) {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().arguments().stream()
                        .flatMap(Stream::of)
                        .anyMatch(argument -> argument.contains(directory.toString()) && argument.endsWith(".mp4")))
                .toList();
    }

    /** Runs ffmpeg outside the code under test, to make its inputs. */
    public static void make(Path directory, String... arguments) {
        var program = new ArrayList<>(List.of(BINARY.toString(), "-nostdin", "-v", "error", "-y"));
        program.addAll(List.of(arguments));
        try {
            var process = new ProcessBuilder(program)
                    .directory(directory.toFile())
                    .inheritIO()
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException("cannot make test media with " + program);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Path locate() {
        var named = System.getenv("STORYREEL_FFMPEG");
        return named == null || named.isBlank() ? unpack() : Path.of(named);
    }

    private static Path unpack() {
        var target = Path.of("target", "ffmpeg").toAbsolutePath();
        if (Files.isExecutable(target)) {
            return target;
        }
        var name = Stream.of("ffmpeg-amd64", "ffmpeg-aarch64", "ffmpeg-x86_64-osx", "ffmpeg-osxm1", "ffmpeg-amd64.exe")
                .map(file -> "ws/schild/jave/nativebin/" + file)
                .filter(file -> TestFfmpeg.class.getClassLoader().getResource(file) != null)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no ffmpeg for this system: set STORYREEL_FFMPEG"));
        try (var stream = TestFfmpeg.class.getClassLoader().getResourceAsStream(name)) {
            Files.createDirectories(target.getParent());
            var partial = Files.createTempFile(target.getParent(), "ffmpeg", ".part");
            Files.copy(stream, partial, StandardCopyOption.REPLACE_EXISTING);
            if (!partial.toFile().setExecutable(true)) {
                throw new IOException("cannot make " + partial + " executable");
            }
            return Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Settings(String path, int parallel, Duration stopGrace, long sceneBytes) implements FfmpegConfig {

        @Override
        public MemorySize memory() {
            return new MemorySize(BigInteger.valueOf(8L << 30));
        }

        @Override
        public MemorySize sceneMemory() {
            return new MemorySize(BigInteger.valueOf(sceneBytes));
        }

        @Override
        public Duration probeDeadline() {
            return Duration.ofMinutes(1);
        }

        @Override
        public Duration composeDeadline() {
            return PATIENCE;
        }

        @Override
        public String x264Preset() {
            return "ultrafast";
        }

        @Override
        public int x264Crf() {
            return 20;
        }

        @Override
        public int vp9Speed() {
            return 8;
        }

        @Override
        public int vp9Crf() {
            return 40;
        }
    }
}
