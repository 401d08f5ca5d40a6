package io.storyreel.local.process;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ChildProcessTest {

    /** Far more than a pipe holds: a child whose output nobody reads cannot write it all. */
    private static final String TALKATIVE = "i=0; while [ $i -lt 20000 ]; do echo line number $i; i=$((i+1)); done";

    @TempDir
    Path directory;

    @Test
    void a_child_ends_although_its_log_cannot_be_written() throws Exception {
        LogSink full = (process, line) -> {
            throw new UncheckedIOException("cannot write the log", new IOException("No space left on device"));
        };
        var child = ChildProcess.start(
                launch(TALKATIVE), new Supervision(new RunDirectory(directory.resolve("run")), full));

        assertThat(child.awaitEnd(Duration.ofSeconds(60))).isTrue();
        assertThat(child.exitCode()).isZero();
        await().untilAsserted(() -> assertThat(child.lastLines()).contains("line number 19999"));
        child.stop();
    }

    @Test
    void a_failing_sink_is_told_once_and_the_others_still_get_every_line() {
        var complaints = new ArrayList<String>();
        var lines = new ArrayList<String>();
        LogSink full = (process, line) -> {
            throw new UncheckedIOException("cannot write the log", new IOException("No space left on device"));
        };
        var all = LogSink.all(List.of(full, (process, line) -> lines.add(line)), complaints::add);

        all.line("api", "one");
        all.line("api", "two");

        assertThat(lines).containsExactly("one", "two");
        assertThat(complaints)
                .containsExactly("log lines are being lost: cannot write the log: No space left on device");
    }

    private Launch launch(String script) {
        return new Launch(
                "talker", List.of("sh", "-c", script), directory, Map.of(), Signal.TERM, Duration.ofSeconds(5));
    }
}
