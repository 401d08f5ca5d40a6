package io.storyreel.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What is remembered of a started process: its id alone would be no proof, since ids are used again. The file has three
 * lines: process id, start time as the system reports it, signal that ends it.
 */
record PidFile(long pid, Instant started, Signal stopSignal) {

    /** The system's start time is derived from its clock and may move by a second when the clock is set. */
    private static final Duration CLOCK_SHIFT = Duration.ofSeconds(2);

    static PidFile of(ProcessHandle process, Signal stopSignal) {
        return new PidFile(process.pid(), process.info().startInstant().orElse(Instant.EPOCH), stopSignal);
    }

    void write(Path file) throws IOException {
        Files.write(file, List.of(Long.toString(pid), started.toString(), stopSignal.name()), UTF_8);
    }

    /** Empty when the file is unreadable as such, for instance cut short by a crash. */
    static Optional<PidFile> read(Path file) throws IOException {
        var lines = Files.readAllLines(file, UTF_8);
        try {
            return Optional.of(new PidFile(
                    Long.parseLong(lines.get(0)), Instant.parse(lines.get(1)), Signal.valueOf(lines.get(2))));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** The process this file was written for, if it still runs. Never another that got the same id since. */
    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(process -> process.info()
                .startInstant()
                .map(instant -> Duration.between(instant, started).abs().compareTo(CLOCK_SHIFT) <= 0)
                .orElse(false));
    }
}
