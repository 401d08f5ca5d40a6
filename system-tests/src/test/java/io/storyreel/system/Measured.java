package io.storyreel.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** What a viewer would see and hear of a video file, measured from its decoded frames and samples. */
record Measured(Path ffmpeg, Path video) {
    private static final Pattern SILENCE_END = Pattern.compile("silence_end: ([0-9.]+)");
    private static final Pattern SILENCE_START = Pattern.compile("silence_start: (-?[0-9.]+)");
    private static final Pattern LOUDNESS = Pattern.compile("I:\\s+(-?[0-9.]+) LUFS");
    private static final Pattern VIDEO_STREAM =
            Pattern.compile("Stream #.*Video: (\\w+).*?, (\\w+)[(,].*?(\\d+)x(\\d+)");

    /** A colour between 0 and 255 for red, green and blue. */
    record Colour(int red, int green, int blue) {}

    /** How many frames decode. */
    int frames() throws Exception {
        String listing = output("-i", video.toString(), "-map", "0:v:0", "-f", "framecrc", "-");
        return (int) listing.lines().filter(line -> !line.startsWith("#")).count();
    }

    /** Length of the decoded sound in seconds. */
    double soundSeconds() throws Exception {
        byte[] samples = bytes("-i", video.toString(), "-map", "0:a:0", "-ac", "1", "-ar", "48000", "-f", "s16le", "-");
        return samples.length / 2.0 / 48_000;
    }

    /** The mean colour of the frame that is shown at {@code second}. */
    Colour colourAt(double second) throws Exception {
        return colourAt(second, "scale=1:1:flags=area");
    }

    /** The mean colour at the lower right, where simulated providers leave their mark. */
    Colour markAt(double second) throws Exception {
        return colourAt(second, "crop=iw/4:ih/24:iw*3/4:ih*23/24,scale=1:1:flags=area");
    }

    private Colour colourAt(double second, String filter) throws Exception {
        byte[] pixel = bytes(
                "-ss",
                Double.toString(second),
                "-i",
                video.toString(),
                "-frames:v",
                "1",
                "-vf",
                filter,
                "-f",
                "rawvideo",
                "-pix_fmt",
                "rgb24",
                "-");
        assertThat(pixel).as("frame at %s s", second).hasSize(3);
        return new Colour(pixel[0] & 0xff, pixel[1] & 0xff, pixel[2] & 0xff);
    }

    /** The seconds at which sound begins after at least 0.3 s of silence, the beginning of the video included. */
    List<Double> onsets() throws Exception {
        String log = log(
                "-i", video.toString(), "-map", "0:a:0", "-af", "silencedetect=noise=-45dB:d=0.3", "-f", "null", "-");
        List<Double> onsets = new ArrayList<>();
        Matcher firstSilence = SILENCE_START.matcher(log);
        if (!firstSilence.find() || Double.parseDouble(firstSilence.group(1)) > 0.05) {
            onsets.add(0.0);
        }
        Matcher ends = SILENCE_END.matcher(log);
        while (ends.find()) {
            onsets.add(Double.valueOf(ends.group(1)));
        }
        return onsets;
    }

    /** Integrated loudness in LUFS (EBU R 128). */
    double loudness() throws Exception {
        Matcher summary =
                LOUDNESS.matcher(log("-i", video.toString(), "-map", "0:a:0", "-af", "ebur128", "-f", "null", "-"));
        String last = null;
        while (summary.find()) {
            last = summary.group(1);
        }
        return Double.parseDouble(last);
    }

    /** Such as {@code h264 yuv420p 854x480}. */
    String picture() throws Exception {
        Matcher stream = VIDEO_STREAM.matcher(log("-i", video.toString(), "-f", "null", "-t", "0.1", "-"));
        assertThat(stream.find()).as("a video stream").isTrue();
        return "%s %s %sx%s".formatted(stream.group(1), stream.group(2), stream.group(3), stream.group(4));
    }

    private String log(String... arguments) throws Exception {
        return new String(run(true, arguments), StandardCharsets.UTF_8);
    }

    private String output(String... arguments) throws Exception {
        return new String(bytes(arguments), StandardCharsets.UTF_8);
    }

    private byte[] bytes(String... arguments) throws Exception {
        return run(false, arguments);
    }

    private byte[] run(boolean log, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(ffmpeg.toString(), "-hide_banner", "-nostdin", "-nostats"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        Process process = (log
                        ? builder.redirectErrorStream(true)
                        : builder.redirectError(ProcessBuilder.Redirect.DISCARD))
                .start();
        process.getOutputStream().close();
        byte[] output = process.getInputStream().readAllBytes();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ffmpeg ends").isTrue();
        assertThat(process.exitValue())
                .as("ffmpeg %s: %s", List.of(arguments), log ? new String(output, StandardCharsets.UTF_8) : "")
                .isZero();
        return output;
    }
}
