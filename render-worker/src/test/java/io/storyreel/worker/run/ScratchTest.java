package io.storyreel.worker.run;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ScratchTest {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    @TempDir
    Path root;

    @Test
    void leaves_the_directory_alone_that_another_process_is_just_making() throws IOException {
        try (StartingWorker other = StartingWorker.on(root)) {
            CompletableFuture<Scratch> opening = CompletableFuture.supplyAsync(() -> Scratch.open(root));
            await().during(Duration.ofMillis(300)).atMost(LIMIT).until(() -> Files.exists(other.home));

            other.goOn();

            assertThat(opening).succeedsWithin(LIMIT);
            assertThat(other.home).exists();
            opening.join().close();
        }
    }

    @Test
    void removes_what_a_killed_worker_left() throws IOException {
        StartingWorker other = StartingWorker.on(root);
        other.goOn();
        Files.writeString(other.home.resolve("clip.mp4"), "frames");
        other.close();

        Scratch.open(root).close();

        assertThat(other.home).doesNotExist();
    }

    @Test
    void removes_the_directory_of_a_worker_that_died_before_it_could_lock_it() throws IOException {
        Path halfMade = Files.createDirectory(root.resolve(UUID.randomUUID().toString()));

        Scratch.open(root).close();

        assertThat(halfMade).doesNotExist();
    }

    @Test
    void leaves_alone_what_is_not_a_workers() throws IOException {
        Path theirs = Files.createDirectory(root.resolve("photos"));

        Scratch.open(root).close();

        assertThat(theirs).exists();
    }

    @Test
    void several_workers_of_one_process_share_a_root() throws IOException {
        try (Scratch one = Scratch.open(root);
                Scratch two = Scratch.open(root)) {
            assertThat(one.make("run")).exists();
            assertThat(two.make("run")).exists();
        }
    }
}
