package io.storyreel.worker.run;

import org.jboss.logging.Logger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The scratch files of one worker: a directory of its own with one inside for every run. A lock says that the worker
 * lives; what a dead one left behind is removed by the next that starts.
 *
 * <p>All methods block on the file system.
 */
final class Scratch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Scratch.class);
    private static final String LOCK = "lock";

    private final Path home;
    private final FileChannel channel;
    private final FileLock lock;

    private Scratch(Path home, FileChannel channel, FileLock lock) {
        this.home = home;
        this.channel = channel;
        this.lock = lock;
    }

    static Scratch open(Path root) {
        try {
            Files.createDirectories(root);
            removeLeftovers(root);
            Path home = Files.createDirectory(root.resolve(UUID.randomUUID().toString()));
            FileChannel channel =
                    FileChannel.open(home.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            return new Scratch(home, channel, channel.lock());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "scratch directory " + root + " cannot be used; set storyreel.worker.scratch-dir", e);
        }
    }

    /** The directory of one run; it exists afterwards. */
    Path make(String run) {
        try {
            return Files.createDirectories(home.resolve(run));
        } catch (IOException e) {
            throw new UncheckedIOException("scratch directory of a run cannot be made in " + home, e);
        }
    }

    void remove(String run) {
        removeTree(home.resolve(run));
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
        removeTree(home);
    }

    private static void removeLeftovers(Path root) throws IOException {
        try (DirectoryStream<Path> homes = Files.newDirectoryStream(root, Files::isDirectory)) {
            for (Path home : homes) {
                if (isAbandoned(home)) {
                    LOG.infof("removing scratch files of a dead worker: dir=%s", home.getFileName());
                    removeTree(home);
                }
            }
        }
    }

    private static boolean isAbandoned(Path home) throws IOException {
        Path lockFile = home.resolve(LOCK);
        if (!Files.exists(lockFile)) {
            return false; // another worker is just making it
        }
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            return free != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        } catch (NoSuchFileException removedMeanwhile) {
            return false;
        }
    }

    private static void removeTree(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warnf("scratch files could not be removed: dir=%s reason=%s", directory, e.getMessage());
        }
    }
}
