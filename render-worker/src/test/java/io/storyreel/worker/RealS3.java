package io.storyreel.worker;

import io.storyreel.common.storage.S3ObjectStore;
import io.storyreel.common.storage.StorageSettings;
import io.storyreel.local.process.FreePorts;
import io.storyreel.local.process.Supervision;
import io.storyreel.local.server.S3Process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An S3 server of the tests' own, and the store that speaks to it. It can go away and come back. */
public final class RealS3 implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String SECRET = "a secret key";

    public final S3ObjectStore store;
    private final Path directory;
    private final S3Process server;

    /** @param more settings of the store, such as its patience with a server that is away */
    public RealS3(Path directory, Map<String, String> more) throws Exception {
        this.directory = directory;
        server = new S3Process(
                Path.of("../local-stack/target/s3/s3proxy.jar"),
                directory.resolve("s3"),
                FreePorts.next(),
                SECRET,
                Supervision.in(directory));
        store = store(more);
        server.start();
    }

    /** Another store that speaks to the same server. */
    public S3ObjectStore store(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("storyreel.storage.endpoint", server.endpoint());
        settings.put("storyreel.storage.access-key", S3Process.ACCESS_KEY);
        settings.put("storyreel.storage.secret-key", SECRET);
        return new S3ObjectStore(TestSettings.of(StorageSettings.class, settings));
    }

    public void goAway() {
        server.stop();
    }

    public void comeBack() throws Exception {
        server.start();
    }

    /** A small file of that name. */
    public void put(String key) {
        put(key, key.getBytes(StandardCharsets.UTF_8));
    }

    public void put(String key, byte[] content) {
        try {
            Path file = Files.write(Files.createTempFile(directory, "object", ".bin"), content);
            store.put(key, file, "application/octet-stream").await().atMost(LIMIT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whatever begins like that, in order. */
    public List<String> keys(String prefix) {
        return store.list(prefix, "", 1_000).await().atMost(LIMIT).stream()
                .map(object -> object.key())
                .toList();
    }

    public boolean has(String key) {
        return keys(key).contains(key);
    }

    @Override
    public void close() {
        server.stop();
    }
}
