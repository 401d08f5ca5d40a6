package io.storyreel.local.process;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

class PidFileTest {

    @TempDir
    Path directory;

    @Test
    void finds_the_process_it_was_written_for() throws Exception {
        var file = directory.resolve("a.pid");
        PidFile.of(ProcessHandle.current(), Signal.INT).write(file);

        var read = PidFile.read(file).orElseThrow();

        assertThat(read.process()).contains(ProcessHandle.current());
        assertThat(read.stopSignal()).isEqualTo(Signal.INT);
    }

    @Test
    void does_not_take_another_process_with_the_same_id_for_it() {
        var pid = ProcessHandle.current().pid();

        assertThat(new PidFile(pid, Instant.EPOCH, Signal.TERM).process()).isEmpty();
    }

    @Test
    void a_file_cut_short_names_nobody_and_ends_nothing() throws Exception {
        Files.writeString(
                directory.resolve("a.pid"),
                Long.toString(ProcessHandle.current().pid()));

        assertThat(PidFile.read(directory.resolve("a.pid"))).isEmpty();
        assertThat(new RunDirectory(directory).stopLeftovers(Duration.ofSeconds(1)))
                .isEmpty();
        assertThat(directory).isEmptyDirectory();
    }
}
