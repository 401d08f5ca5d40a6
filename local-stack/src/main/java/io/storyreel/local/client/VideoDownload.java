package io.storyreel.local.client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

/**
 * Fetches a finished video under another name and gives it its own only when it is whole.
 *
 * @param target where it ends up, replacing what was there
 * @param patience how long it may bring nothing before it is begun anew
 */
public record VideoDownload(ApiClient api, Path target, Duration patience) {

    private static final int TRIES = 3;

    public VideoDownload(ApiClient api, Path target) {
        this(api, target, WatchedBody.PATIENCE);
    }

    /** The unfinished file, {@code <target>.part}. */
    public Path part() {
        return target.resolveSibling(target.getFileName() + ".part");
    }

    /** @return size in bytes */
    public long fetch(URI link) throws IOException, InterruptedException, ApiException {
        for (var tries = 1; ; tries++) {
            try {
                var size = fetchOnce(link);
                Files.move(part(), target, REPLACE_EXISTING);
                return size;
            } catch (IOException e) {
                if (tries == TRIES) {
                    throw e;
                }
            } finally {
                Files.deleteIfExists(part());
            }
        }
    }

    private long fetchOnce(URI link) throws IOException, InterruptedException, ApiException {
        var answer = api.open(link);
        try (var body = new WatchedBody(answer.body(), patience)) {
            if (answer.statusCode() != 200) {
                throw new ApiException(Problem.of(answer.statusCode(), body.readNBytes(1 << 16)));
            }
            long size;
            try (var file = Files.newOutputStream(part())) {
                size = body.transferTo(file);
            }
            var announced = answer.headers().firstValueAsLong("Content-Length");
            if (announced.isPresent() && announced.getAsLong() != size) {
                throw new IOException("the download ended after " + size + " of " + announced.getAsLong() + " bytes");
            }
            return size;
        }
    }
}
