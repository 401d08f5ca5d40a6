package io.storyreel.local.simulator.runway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.simulator.media.Asset;
import io.storyreel.local.simulator.media.Assets;
import io.storyreel.local.simulator.wire.FormData;
import io.storyreel.local.simulator.wire.Request;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Ephemeral inputs: a slot is asked for, then filled by a form whose last part is the file. Both live 24 hours. */
final class RunwayUploads {

    private static final Duration LIFE = Duration.ofHours(24);
    private static final int MOST = 10_000;

    private record Slot(Instant until, Asset.Held content) {}

    private final Assets assets;
    private final InstantSource clock;
    private final Map<String, Slot> slots = new ConcurrentHashMap<>();

    RunwayUploads(Assets assets, InstantSource clock) {
        this.assets = assets;
        this.clock = clock;
    }

    ObjectNode open(String origin) {
        var now = clock.instant();
        slots.values().removeIf(slot -> slot.until().isBefore(now) || slots.size() > MOST);
        var id = UUID.randomUUID().toString();
        slots.put(id, new Slot(now.plus(LIFE), null));
        var json = JsonNodeFactory.instance.objectNode().put("uploadUrl", origin + "/runway/uploads/" + id);
        json.putObject("fields").put("key", id).put("policy", "ephemeral");
        return json.put("runwayUri", "runway://" + id);
    }

    /** @return whether the slot exists and the form is complete */
    boolean fill(String id, Request request) {
        var form = FormData.of(request);
        var slot = slots.get(id);
        if (slot == null
                || form.isEmpty()
                || !id.equals(form.get().text("key"))
                || form.get().file() == null) {
            return false;
        }
        slots.put(id, new Slot(slot.until(), assets.hold(form.get().file())));
        return true;
    }

    Optional<Asset> find(String uri) {
        return Optional.ofNullable(slots.get(uri.substring("runway://".length())))
                .filter(slot -> clock.instant().isBefore(slot.until()))
                .map(Slot::content);
    }
}
