package io.storyreel.local.stack;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class StackLockTest {

    @TempDir
    Path root;

    @Test
    void names_its_holder_for_as_long_as_it_is_held() throws Exception {
        var directory = new StackDirectory(root);

        try (var lock = StackLock.tryLock(directory).orElseThrow()) {
            assertThat(lock).isNotNull();
            assertThat(directory.lock())
                    .hasContent(Long.toString(ProcessHandle.current().pid()));
        }

        assertThat(directory.lock()).isEmptyFile();
    }
}
