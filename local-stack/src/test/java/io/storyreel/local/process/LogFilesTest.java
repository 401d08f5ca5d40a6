package io.storyreel.local.process;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class LogFilesTest {

    @TempDir
    Path directory;

    @Test
    void never_keeps_more_than_two_files_of_the_limit() throws Exception {
        try (var logs = new LogFiles(directory, 100)) {
            for (var i = 0; i < 50; i++) {
                logs.line("api", "line number " + i);
            }
        }

        assertThat(Files.size(directory.resolve("api.log"))).isLessThanOrEqualTo(100);
        assertThat(Files.size(directory.resolve("api.log.1"))).isLessThanOrEqualTo(100);
        assertThat(Files.readString(directory.resolve("api.log"))).endsWith("line number 49\n");
        assertThat(directory).isDirectoryNotContaining("glob:**.2");
    }
}
