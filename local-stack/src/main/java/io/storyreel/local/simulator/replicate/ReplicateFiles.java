package io.storyreel.local.simulator.replicate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.simulator.media.Asset;
import io.storyreel.local.simulator.media.Assets;
import io.storyreel.local.simulator.media.Digest;
import io.storyreel.local.simulator.wire.FormData;
import io.storyreel.local.simulator.wire.Request;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Inputs uploaded beforehand; they live 24 hours. */
final class ReplicateFiles {

    private static final Duration LIFE = Duration.ofHours(24);
    private static final Pattern ADDRESS = Pattern.compile(".*/replicate/v1/files/([A-Za-z0-9]+)");

    private record Upload(Asset.Held content, Instant until, ObjectNode description) {}

    private final Assets assets;
    private final InstantSource clock;
    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();

    ReplicateFiles(Assets assets, InstantSource clock) {
        this.assets = assets;
        this.clock = clock;
    }

    ObjectNode upload(Request request) throws ReplicateRefusal {
        var form = FormData.of(request).filter(parts -> parts.file() != null);
        if (form.isEmpty()) {
            throw new ReplicateRefusal(400, "Bad request", "Missing content.");
        }
        var now = clock.instant();
        uploads.values().removeIf(upload -> upload.until().isBefore(now));
        var content = assets.hold(form.get().file());
        var id = Digest.of(content.digest(), now.toString()).substring(0, 26);
        var description = JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("name", "content")
                .put("size", form.get().file().length)
                .put("etag", content.digest().substring(0, 32))
                .put("created_at", now.toString())
                .put("expires_at", now.plus(LIFE).toString());
        description.putObject("checksums").put("sha256", content.digest());
        description.putObject("metadata");
        description.putObject("urls").put("get", request.origin() + "/replicate/v1/files/" + id);
        uploads.put(id, new Upload(content, now.plus(LIFE), description));
        return description;
    }

    Optional<ObjectNode> describe(String id) {
        return Optional.ofNullable(uploads.get(id)).map(Upload::description);
    }

    Optional<Asset> find(String address) {
        var match = ADDRESS.matcher(address.startsWith("data:") ? "" : address);
        return match.matches()
                ? Optional.ofNullable(uploads.get(match.group(1))).map(Upload::content)
                : Optional.empty();
    }
}
