package io.storyreel.local.simulator.fault;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.Optional;

/**
 * One fault with its particulars.
 *
 * @param settings the rule it comes from; each kind reads what concerns it
 */
public record Fault(FaultKind kind, String name, ObjectNode settings) {

    public static final Fault NONE = new Fault(FaultKind.NONE, "", JsonNodeFactory.instance.objectNode());

    /** A status as number, also with {@code _without_retry_after}; else the name of a kind. */
    static Optional<Fault> named(String name, ObjectNode settings) {
        if (name.matches("[45]\\d\\d(_without_retry_after)?")) {
            return Optional.of(new Fault(FaultKind.STATUS, name, settings));
        }
        return FaultKind.named(name).map(kind -> new Fault(kind, name, settings));
    }

    public boolean is(FaultKind wanted) {
        return kind == wanted;
    }

    /** Only for {@link FaultKind#STATUS}. */
    public int status() {
        return Integer.parseInt(name.substring(0, 3));
    }

    /** What {@code Retry-After} says; empty for none. A 429 has one of a second unless the rule says otherwise. */
    public Optional<String> retryAfter() {
        if (settings.hasNonNull("retry_after")) {
            return Optional.of(settings.get("retry_after").asText());
        }
        return name.equals("429") && !settings.has("retry_after") ? Optional.of("1") : Optional.empty();
    }

    /** In the vendor's own terms; empty for its usual one. */
    public String code() {
        return settings.path("code").asText("");
    }

    public String message(String otherwise) {
        return settings.path("message").asText(otherwise);
    }

    public String text(String field, String otherwise) {
        return settings.path(field).asText(otherwise);
    }

    public boolean flag(String field) {
        return settings.path(field).asBoolean(false);
    }

    public Duration duration(Duration otherwise) {
        return settings.path("seconds").isNumber()
                ? Duration.ofMillis((long) (settings.get("seconds").doubleValue() * 1000))
                : otherwise;
    }
}
