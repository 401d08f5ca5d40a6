package io.storyreel.local.simulator.media;

import io.storyreel.local.simulator.task.Product;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Media on disk, made once for each key that tells all that shapes it. The {@value #MOST} made last are kept.
 */
public final class MediaStore {

    private static final int MOST = 2_000;

    private final Path directory;
    private final MediaGate gate;
    private final Map<String, CompletableFuture<Product>> products = new LinkedHashMap<>();

    public MediaStore(Path directory, MediaGate gate) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.gate = gate;
    }

    /** Writes the media into a file that does not exist yet, and tells how long it is. */
    public interface Maker {
        /** @return seconds, 0 for a picture */
        double make(Path target) throws IOException, InterruptedException;
    }

    /** @param key digest of everything that shapes the media */
    public synchronized CompletableFuture<Product> get(String key, String extension, String contentType, Maker maker) {
        var name = key + "." + extension;
        var known = products.get(name);
        if (known != null && !known.isCompletedExceptionally()) {
            return known;
        }
        var made = gate.pass(() -> make(name, extension, contentType, maker));
        products.put(name, made);
        forgetOldest();
        return made;
    }

    private Product make(String name, String extension, String contentType, Maker maker)
            throws IOException, InterruptedException {
        var unfinished = directory.resolve(UUID.randomUUID() + ".part." + extension);
        try {
            var seconds = maker.make(unfinished);
            var finished = directory.resolve(name);
            Files.move(unfinished, finished, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return new Product(finished, contentType, Files.size(finished), Digest.of(finished), seconds);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private void forgetOldest() {
        if (products.size() > MOST) {
            var oldest = products.keySet().iterator().next();
            products.remove(oldest).cancel(false);
            var file = directory.resolve(oldest).toFile();
            if (!file.delete() && file.exists()) {
                file.deleteOnExit();
            }
        }
    }
}
