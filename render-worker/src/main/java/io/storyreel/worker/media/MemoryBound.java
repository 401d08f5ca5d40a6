package io.storyreel.worker.media;

import org.jboss.logging.Logger;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Bounds the address space of a process by starting it through util-linux' {@code prlimit}, which replaces itself with
 * the program and so leaves its process id and signals alone. Systems without it run unbounded, and say so once.
 */
final class MemoryBound {

    private static final Logger LOG = Logger.getLogger(MemoryBound.class);
    private static final List<Path> PLACES = List.of(Path.of("/usr/bin/prlimit"), Path.of("/bin/prlimit"));

    private final List<String> prefix;

    private MemoryBound(List<String> prefix) {
        this.prefix = prefix;
    }

    /** @param bytes the bound; 0 means none */
    static MemoryBound of(long bytes) {
        if (bytes == 0) {
            return new MemoryBound(List.of());
        }
        var prlimit = PLACES.stream().filter(Files::isExecutable).findFirst();
        if (prlimit.isEmpty()) {
            LOG.warn("ffmpeg runs without a memory bound: this system has no prlimit");
            return new MemoryBound(List.of());
        }
        return new MemoryBound(List.of(prlimit.get().toString(), "--as=" + bytes, "--core=0", "--"));
    }

    List<String> prefix() {
        return prefix;
    }
}
