package io.storyreel.local.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

/**
 * Makes a file or directory appear whole or not at all: it is filled under another name and then renamed, so a crash
 * half-way leaves nothing that looks finished. Of several processes that want the same one fills it, the others wait.
 */
public final class Unpacked {

    private Unpacked() {}

    /** Fills the path it is given, which does not exist yet. */
    @FunctionalInterface
    public interface Filling {
        void fill(Path target) throws IOException;
    }

    /** Does nothing when {@code target} exists already. */
    public static synchronized Path once(Path target, Filling filling) throws IOException {
        if (Files.exists(target)) {
            return target;
        }
        Files.createDirectories(target.toAbsolutePath().getParent());
        var lock = target.resolveSibling(target.getFileName() + ".lock");
        try (var channel = FileChannel.open(lock, CREATE, WRITE)) {
            // Held until the channel is closed; a process that dies gives it back.
            channel.lock();
            return Files.exists(target) ? target : filled(target, filling);
        }
    }

    private static Path filled(Path target, Filling filling) throws IOException {
        var unfinished = target.resolveSibling(target.getFileName() + ".unfinished");
        delete(unfinished);
        filling.fill(unfinished);
        return Files.move(unfinished, target, ATOMIC_MOVE);
    }

    /** Deletes a file or a directory with all it holds; symbolic links are not followed. */
    public static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (var all = Files.walk(path)) {
            all.sorted(Comparator.reverseOrder()).forEach(Unpacked::deleteOne);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void deleteOne(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
