package io.storyreel.local.server;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class UnpackedTest {
    private static final int LIMIT = 30;

    @TempDir
    Path directory;

    @Test
    void nothing_appears_when_the_filling_breaks_off_and_the_next_one_starts_anew() throws Exception {
        Path target = directory.resolve("programs");

        assertThatThrownBy(() -> Unpacked.once(target, half -> {
                    Files.writeString(Files.createDirectory(half).resolve("half"), "");
                    throw new IOException("torn");
                }))
                .hasMessage("torn");
        assertThat(target).doesNotExist();
        Unpacked.once(
                target, whole -> Files.writeString(Files.createDirectory(whole).resolve("whole"), ""));

        assertThat(target).isDirectoryContaining("glob:**whole").isDirectoryNotContaining("glob:**half");
    }

    @Test
    void a_second_process_waits_for_the_one_that_fills() throws Exception {
        Path target = directory.resolve("programs");
        Process first = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        target.toString())
                .redirectErrorStream(true)
                .start();
        try (var said = first.inputReader();
                var go = first.outputWriter()) {
            assertThat(said.readLine()).isEqualTo("filling");

            var second = CompletableFuture.supplyAsync(() -> contentOnceThere(target));
            go.write("go\n");
            go.flush();

            assertThat(second.get(LIMIT, TimeUnit.SECONDS)).isEqualTo("of the first");
            assertThat(first.waitFor(LIMIT, TimeUnit.SECONDS)).isTrue();
        } finally {
            first.destroyForcibly();
        }
    }

    private static String contentOnceThere(Path target) {
        try {
            return Files.readString(Unpacked.once(target, file -> Files.writeString(file, "of the second")));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Fills until it is told to end. */
    static final class OtherProcess {
        private OtherProcess() {}

        public static void main(String[] arguments) throws IOException {
            Unpacked.once(Path.of(arguments[0]), file -> {
                System.out.println("filling");
                if (System.in.read() >= 0) {
                    Files.writeString(file, "of the first");
                }
            });
        }
    }
}
