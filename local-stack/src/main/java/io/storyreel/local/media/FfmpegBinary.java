package io.storyreel.local.media;

import io.storyreel.local.server.Unpacked;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Which ffmpeg is used: the one named by {@code STORYREEL_FFMPEG}, else the one on the {@code PATH}, else the bundled
 * one.
 *
 * @param path absolute
 */
public record FfmpegBinary(Path path, Origin origin) {

    public static final String VARIABLE = "STORYREEL_FFMPEG";

    /** Where it was found. */
    public enum Origin {
        NAMED,
        ON_PATH,
        BUNDLED
    }

    /**
     * @param environment such as {@link System#getenv()}
     * @param programs where the bundled one is unpacked, once
     * @throws IOException when a program is named that cannot be run, or none is found at all
     */
    public static FfmpegBinary find(Map<String, String> environment, Path programs) throws IOException {
        var named = environment.getOrDefault(VARIABLE, "");
        if (!named.isBlank()) {
            var path = Path.of(named).toAbsolutePath();
            if (!runnable(path)) {
                throw new IOException(VARIABLE + " names " + path
                        + ", which is no executable file; correct it, or unset it to use another ffmpeg");
            }
            return new FfmpegBinary(path, Origin.NAMED);
        }
        var onPath = onPath(environment.getOrDefault("PATH", ""));
        return onPath.isPresent()
                ? new FfmpegBinary(onPath.get(), Origin.ON_PATH)
                : new FfmpegBinary(bundled(programs.toAbsolutePath()), Origin.BUNDLED);
    }

    private static Optional<Path> onPath(String searchPath) {
        return Arrays.stream(searchPath.split(File.pathSeparator))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, "ffmpeg").toAbsolutePath())
                .filter(FfmpegBinary::runnable)
                .findFirst();
    }

    private static boolean runnable(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }

    private static Path bundled(Path programs) throws IOException {
        var suffix = System.getProperty("os.name").startsWith("Mac") ? "-osx" : "";
        var name = "/ws/schild/jave/nativebin/ffmpeg-" + System.getProperty("os.arch") + suffix;
        return Unpacked.once(programs.resolve("ffmpeg"), target -> {
            try (var program = FfmpegBinary.class.getResourceAsStream(name)) {
                if (program == null) {
                    throw new IOException("no ffmpeg: none on the PATH, and none is bundled for this machine ("
                            + System.getProperty("os.name") + ", " + System.getProperty("os.arch")
                            + "). Install ffmpeg, or name one in " + VARIABLE);
                }
                Files.copy(program, target);
            }
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
        });
    }
}
