package io.storyreel.local.server;

import io.storyreel.local.process.FreePorts;
import io.storyreel.local.process.Supervision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;

class ServiceProcessTest {
    /** Well below the time that a service is given for an orderly end. */
    private static final Duration AT_ONCE = Duration.ofSeconds(8);

    @TempDir
    Path directory;

    @Test
    void does_not_wait_for_the_orderly_end_of_a_service_whose_jar_was_deleted() throws Exception {
        var jar = StubbornService.jar(directory);
        var service = new ServiceProcess(
                "stubborn", jar, FreePorts.next(), 64, Map.of(), Supervision.in(directory.resolve("run")));
        service.start();
        Files.delete(jar);

        var stopping = CompletableFuture.runAsync(service::stop);

        assertThat(stopping).succeedsWithin(AT_ONCE);
        assertThat(service.isRunning()).isFalse();
    }
}
