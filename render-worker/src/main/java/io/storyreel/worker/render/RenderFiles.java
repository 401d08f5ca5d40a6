package io.storyreel.worker.render;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.storyreel.common.storage.ObjectMissingException;
import io.storyreel.common.storage.ObjectStore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The files of one render in its scratch directory. What an earlier run of the job left in the object store is brought
 * back when it is asked for, once.
 */
final class RenderFiles {
    private final Path scratch;
    private final ObjectStore store;
    private final Map<String, Uni<Path>> present = new HashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    RenderFiles(Path scratch, ObjectStore store) {
        this.scratch = scratch;
        this.store = store;
    }

    Path directory() {
        return scratch;
    }

    /** A name that no other file of this render has. */
    Path fresh(String extension) {
        return scratch.resolve("file-" + count.incrementAndGet() + "." + extension);
    }

    /** The local copy of what the object store has under {@code key}. */
    Uni<Path> file(String key) {
        synchronized (present) {
            return present.computeIfAbsent(
                    key, wanted -> download(wanted).memoize().indefinitely());
        }
    }

    /** The same for something that may not be there: asks first, and keeps no memory of a no. */
    Uni<Path> existing(String key) {
        return store.stat(key).chain(found -> file(key));
    }

    /** Whether the object store has something under {@code key}. */
    Uni<Boolean> isKept(String key) {
        return store.stat(key)
                .replaceWith(true)
                .onFailure(ObjectMissingException.class)
                .recoverWithItem(false);
    }

    /** Puts a local file into the object store, and keeps it at hand under its key. */
    Uni<Path> keep(String key, Path file, String mediaType) {
        return store.put(key, file, mediaType).map(stored -> {
            has(key, file);
            return file;
        });
    }

    /** Removes what the object store has under {@code key}, because it is of no use. */
    Uni<Void> discard(String key) {
        return store.delete(key).invoke(() -> {
            synchronized (present) {
                present.remove(key);
            }
        });
    }

    /** {@code file} is what the object store has under {@code key}. */
    void has(String key, Path file) {
        synchronized (present) {
            present.put(key, Uni.createFrom().item(file));
        }
    }

    private Uni<Path> download(String key) {
        Path partial = fresh("part");
        Path target = scratch.resolve(key.replace('/', '_'));
        return store.download(key, partial)
                .chain(() -> blocking(() -> {
                    Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
                    return target;
                }));
    }

    /** Work on files. */
    @FunctionalInterface
    interface FileWork<T> {
        T run() throws IOException;
    }

    /** Does the work away from the event loop. */
    static <T> Uni<T> blocking(FileWork<T> work) {
        return Uni.createFrom()
                .item(() -> {
                    try {
                        return work.run();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e.getMessage(), e);
                    }
                })
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
