package io.storyreel.worker.media;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A process that runs ffmpeg without an end, for tests that kill it. */
final class DoomedWorker {

    private DoomedWorker() {}

    /** @param arguments the working directory of ffmpeg, and the file it writes there */
    public static void main(String[] arguments) {
        var directory = Path.of(arguments[0]);
        var command = FfmpegCommand.encode(
                List.of("-re", "-f", "lavfi", "-i", "testsrc=size=160x120:rate=10", arguments[1]),
                directory,
                TestFfmpeg.PATIENCE,
                Duration.ofHours(1),
                fraction -> {});
        TestFfmpeg.start().run(command).await().atMost(TestFfmpeg.PATIENCE);
    }

    static Process start(Path directory, String output) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DoomedWorker.class.getName(),
                        directory.toString(),
                        output)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
