package io.storyreel.local.simulator.custom;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.simulator.media.Digest;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Accepted submissions by token and key, for 24 hours. */
final class IdempotencyKeys {

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{1,128}");
    private static final Duration LIFE = Duration.ofHours(24);
    private static final int MOST = 100_000;
    private static final JsonMapper CANONICAL = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private record Accepted(String body, String task, Instant until) {}

    private final InstantSource clock;
    private final Map<String, Accepted> accepted = new LinkedHashMap<>();

    IdempotencyKeys(InstantSource clock) {
        this.clock = clock;
    }

    /** @throws CustomRefusal when it is missing or malformed */
    static String check(Optional<String> key) throws CustomRefusal {
        return key.filter(text -> KEY.matcher(text).matches())
                .orElseThrow(() -> new CustomRefusal(
                        400,
                        "idempotency_key_required",
                        "Send an Idempotency-Key of 1 to 128 characters of A-Z a-z 0-9 _ -"));
    }

    /** The same for the same content, whatever the order of its fields. */
    static String canonical(ObjectNode body) {
        try {
            return Digest.of(CANONICAL.writeValueAsString(CANONICAL.treeToValue(body, Map.class)));
        } catch (IOException e) {
            throw new IllegalStateException("what has been read can be written", e);
        }
    }

    /**
     * The task this key has been accepted for.
     *
     * @throws CustomRefusal when that was for another body
     */
    synchronized Optional<String> task(String token, String key, String body) throws CustomRefusal {
        var known = accepted.get(token + " " + key);
        if (known == null || known.until().isBefore(clock.instant())) {
            return Optional.empty();
        }
        if (!known.body().equals(body)) {
            throw new CustomRefusal(409, "idempotency_conflict", "This Idempotency-Key was used with another body");
        }
        return Optional.of(known.task());
    }

    synchronized void remember(String token, String key, String body, String task) {
        accepted.put(token + " " + key, new Accepted(body, task, clock.instant().plus(LIFE)));
        if (accepted.size() > MOST) {
            accepted.remove(accepted.keySet().iterator().next());
        }
    }
}
