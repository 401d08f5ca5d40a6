package io.storyreel.local.simulator.media;

import io.storyreel.local.simulator.task.Outcome;
import io.storyreel.local.simulator.task.WorkFailed;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The inputs of tasks: taken from the call, or fetched by plain http or https when they are needed. Loopback addresses
 * are as good as any: the clients of a simulator keep their files there.
 */
public final class Assets {

    private static final int LARGEST = 32 << 20;
    private static final Duration WITHIN = Duration.ofSeconds(20);
    private static final Pattern DATA = Pattern.compile("^data:[\\w.+-]+/[\\w.+-]+(;[\\w=.+-]+)*;base64,");

    private final Path directory;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    public Assets(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
    }

    /** Empty when the text is neither a good {@code data:} URI in base64 nor an http(s) address. */
    public Optional<Asset> named(String reference) {
        try {
            var data = DATA.matcher(reference);
            if (data.find()) {
                return Optional.of(hold(Base64.getDecoder().decode(reference.substring(data.end()))));
            }
            var address = URI.create(reference);
            var fetchable = address.getHost() != null
                    && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()));
            return fetchable ? Optional.of(new Asset.Remote(address)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public Asset.Held hold(byte[] bytes) {
        var digest = Digest.of(bytes);
        var file = directory.resolve(digest);
        try {
            if (!Files.exists(file)) {
                var unfinished = directory.resolve(UUID.randomUUID() + ".part");
                Files.write(unfinished, bytes);
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot keep an input", e);
        }
        return new Asset.Held(file, digest);
    }

    /** @throws IOException telling why it cannot be had */
    Asset.Held fetched(Asset asset) throws IOException, InterruptedException {
        if (asset instanceof Asset.Held held) {
            return held;
        }
        if (asset instanceof Asset.Remote remote) {
            try {
                return fetched(remote.address());
            } catch (WorkFailed e) {
                throw e;
            } catch (IOException e) {
                throw new WorkFailed(Outcome.Failure.UNREACHABLE, "the asset's host does not answer: " + e);
            }
        }
        throw new IllegalArgumentException("a drawn picture is not fetched");
    }

    private Asset.Held fetched(URI address) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address)
                .timeout(WITHIN)
                .header("User-Agent", "storyreel-simulator")
                .build();
        var answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (var body = answer.body()) {
            if (answer.statusCode() != 200) {
                throw new WorkFailed(Outcome.Failure.UNREACHABLE, "the asset's host answers " + answer.statusCode());
            }
            var bytes = body.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new WorkFailed(Outcome.Failure.ASSET, "the asset is larger than " + LARGEST + " bytes");
            }
            return hold(bytes);
        }
    }
}
