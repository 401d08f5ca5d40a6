package io.storyreel.local.simulator;

import io.storyreel.local.media.FfmpegBinary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What ffmpeg says of a file. */
public record Movie(String said) {

    private static final Pattern SIZE = Pattern.compile("Video: .*?, (\\d{2,5})x(\\d{2,5})");
    private static final Pattern LENGTH = Pattern.compile("time=(\\d+):(\\d+):([\\d.]+)");

    /** Decodes all of it. */
    public static Movie of(byte[] bytes) throws IOException, InterruptedException {
        var file = Files.createTempFile("movie", ".bin");
        try {
            Files.write(file, bytes);
            var ffmpeg = FfmpegBinary.find(System.getenv(), Path.of("target/test-programs"));
            var process = new ProcessBuilder(
                            ffmpeg.path().toString(),
                            "-nostdin",
                            "-hide_banner",
                            "-i",
                            file.toString(),
                            "-f",
                            "null",
                            "-")
                    .redirectErrorStream(true)
                    .start();
            var said = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new IOException(said);
            }
            return new Movie(said);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    public String size() {
        var matcher = SIZE.matcher(said);
        return matcher.find() ? matcher.group(1) + "x" + matcher.group(2) : "";
    }

    public double seconds() {
        var seconds = 0.0;
        for (var matcher = LENGTH.matcher(said); matcher.find(); ) {
            seconds = Integer.parseInt(matcher.group(2)) * 60 + Double.parseDouble(matcher.group(3));
        }
        return seconds;
    }

    public boolean hasSound() {
        return said.contains("Audio: ");
    }
}
