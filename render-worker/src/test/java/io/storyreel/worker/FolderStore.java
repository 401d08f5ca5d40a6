package io.storyreel.worker;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.storyreel.common.storage.ListedObject;
import io.storyreel.common.storage.ObjectMissingException;
import io.storyreel.common.storage.ObjectStore;
import io.storyreel.common.storage.StoredObject;
import io.vertx.mutiny.core.buffer.Buffer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An object store in a directory, which remembers what was put. Every signature is another, as those of a clock are. */
public final class FolderStore implements ObjectStore {
    public final List<String> puts = new CopyOnWriteArrayList<>();
    private final AtomicInteger signatures = new AtomicInteger();
    private final Path folder;

    public FolderStore(Path folder) {
        this.folder = folder;
    }

    public Path path(String key) {
        return folder.resolve(key);
    }

    @Override
    public Uni<StoredObject> put(String key, Path file, String mediaType) {
        return Uni.createFrom().item(() -> {
            try {
                Files.createDirectories(path(key).getParent());
                Files.copy(file, path(key), StandardCopyOption.REPLACE_EXISTING);
                puts.add(key);
                return new StoredObject(key, Files.size(file), mediaType, "etag");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public Uni<StoredObject> stat(String key) {
        return Uni.createFrom().item(() -> {
            try {
                if (!Files.exists(path(key))) {
                    throw new ObjectMissingException(key);
                }
                return new StoredObject(key, Files.size(path(key)), "application/octet-stream", "etag");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public Multi<Buffer> read(String key, long offset, long length) {
        throw new UnsupportedOperationException("a worker downloads");
    }

    @Override
    public Uni<Void> download(String key, Path target) {
        return stat(key)
                .invoke(found -> {
                    try {
                        Files.copy(path(key), target);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> copy(String from, String to) {
        throw new UnsupportedOperationException("a worker copies nothing");
    }

    @Override
    public Uni<Void> delete(String key) {
        return Uni.createFrom().item(() -> {
            try {
                Files.deleteIfExists(path(key));
                return null;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public URI presigned(String key, Duration life) {
        return URI.create(path(key).toUri() + "?signature=" + signatures.incrementAndGet());
    }

    @Override
    public URI presigned(String key, Duration life, AnswerHeaders answer) {
        return presigned(key, life);
    }

    @Override
    public URI presignedUpload(String key, Duration life, String mediaType, long size) {
        throw new UnsupportedOperationException("a worker lets nobody send files");
    }

    @Override
    public Uni<List<ListedObject>> list(String prefix, String after, int most) {
        throw new UnsupportedOperationException("only the sweeper lists, and it is tested with a real server");
    }

    @Override
    public Uni<Void> ping() {
        return Uni.createFrom().voidItem();
    }
}
