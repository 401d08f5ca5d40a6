package io.storyreel.api.asset;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that came with a request and was found good. */
record ReceivedFile(Path path, InspectedFile file) {
    private static final int CHUNK = 64 * 1024;

    /** Reads the whole file, so this is work for a worker thread. Fails with what is wrong with it. */
    static ReceivedFile inspect(Path path, FileLimits limits) {
        try (InputStream stream = Files.newInputStream(path)) {
            var inspection = new FileInspection(Files.size(path), limits);
            byte[] chunk = new byte[CHUNK];
            for (int length = stream.read(chunk); length > 0; length = stream.read(chunk)) {
                inspection.show(chunk, length);
            }
            return new ReceivedFile(path, inspection.end());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
