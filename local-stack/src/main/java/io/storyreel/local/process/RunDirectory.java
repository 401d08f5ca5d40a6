package io.storyreel.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Remembers every child process in a file, so that the next launcher finds what a killed one left behind. Whoever calls
 * {@link #stopLeftovers} must hold the lock of the data directory: it ends every remembered process.
 */
public final class RunDirectory {

    private final Path directory;

    public RunDirectory(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
    }

    void remember(String name, ProcessHandle process, Signal stopSignal) throws IOException {
        PidFile.of(process, stopSignal).write(file(name));
    }

    void forget(String name) throws IOException {
        Files.deleteIfExists(file(name));
    }

    /**
     * Ends what earlier launchers left running: first politely, all at once, then by force.
     *
     * @return names of the processes that were still running
     */
    public List<String> stopLeftovers(Duration within) throws IOException {
        var names = new ArrayList<String>();
        var processes = new ArrayList<ProcessHandle>();
        var files = pidFiles();
        for (var file : files) {
            var remembered = PidFile.read(file);
            var process = remembered.flatMap(PidFile::process);
            if (process.isPresent()) {
                names.add(file.getFileName().toString().replace(".pid", ""));
                process.get().descendants().forEach(processes::add);
                processes.add(process.get());
                remembered.get().stopSignal().send(process.get());
            }
        }
        Endings.await(processes, within);
        for (var file : files) {
            Files.deleteIfExists(file);
        }
        return names;
    }

    private List<Path> pidFiles() throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".pid")).toList();
        }
    }

    private Path file(String name) {
        return directory.resolve(name + ".pid");
    }

    /** Waits for processes to end and kills those that do not. */
    static final class Endings {
        private Endings() {}

        static void await(List<ProcessHandle> processes, Duration within) {
            var deadline = System.nanoTime() + within.toNanos();
            for (var process : processes) {
                if (!ended(process, deadline - System.nanoTime())) {
                    process.destroyForcibly();
                    ended(process, TimeUnit.SECONDS.toNanos(5));
                }
            }
        }

        private static boolean ended(ProcessHandle process, long nanos) {
            try {
                process.onExit().get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
                return false;
            }
        }
    }
}
