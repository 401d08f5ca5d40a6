package io.storyreel.worker.run;

import org.jboss.logging.Logger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
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
    private static final String ROOT_LOCK = ".lock";
    private static final Pattern HOME = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

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
            return alone(root, () -> {
                removeLeftovers(root);
                return make(root);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "scratch directory " + root + " cannot be used; set storyreel.worker.scratch-dir", e);
        }
    }

    private static Scratch make(Path root) throws IOException {
        Path home = Files.createDirectory(root.resolve(UUID.randomUUID().toString()));
        FileChannel channel = FileChannel.open(home.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        return new Scratch(home, channel, channel.lock());
    }

    private interface Step<T> {
        T take() throws IOException;
    }

    /**
     * While no other worker starts or ends on this root: between the making of a directory and its lock it looks like
     * a dead worker's.
     */
    private static <T> T alone(Path root, Step<T> step) throws IOException {
        // A file lock belongs to the process: it refuses a second worker of the same process instead of letting it
        // wait.
        IN_THIS_PROCESS.lock();
        try (FileChannel channel =
                FileChannel.open(root.resolve(ROOT_LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock(); // until the channel is closed
            return step.take();
        } finally {
            IN_THIS_PROCESS.unlock();
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
        alone(home.getParent(), () -> {
            lock.release();
            channel.close();
            removeTree(home);
            return null;
        });
    }

    private static void removeLeftovers(Path root) throws IOException {
        try (DirectoryStream<Path> homes = Files.newDirectoryStream(root, Scratch::isHome)) {
            for (Path home : homes) {
                if (isAbandoned(home)) {
                    LOG.infof("removing scratch files of a dead worker: dir=%s", home.getFileName());
                    removeTree(home);
                }
            }
        }
    }

    /** The root may be a directory with other things in it: those are not ours to remove. */
    private static boolean isHome(Path entry) {
        return Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)
                && HOME.matcher(entry.getFileName().toString()).matches();
    }

    private static boolean isAbandoned(Path home) throws IOException {
        Path lockFile = home.resolve(LOCK);
        if (!Files.exists(lockFile)) {
            return true; // its worker died while it made it
        }
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            return free != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
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
