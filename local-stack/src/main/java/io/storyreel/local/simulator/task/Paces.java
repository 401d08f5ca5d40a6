package io.storyreel.local.simulator.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The pace of each vendor, as it stands. */
public final class Paces {

    private static final String ALL = "*";
    private static final Set<String> FIELDS =
            Set.of("queue_seconds", "run_seconds", "concurrency", "output_life_seconds");

    private final Map<String, Pace> paces = new ConcurrentHashMap<>();

    public Paces(Map<String, Pace> first) {
        paces.putAll(first);
    }

    public Pace of(String vendor) {
        return paces.get(vendor);
    }

    public void set(String vendor, Pace pace) {
        paces.put(vendor, pace);
    }

    /**
     * Sets what is named, for the vendors named; {@code *} is all of them.
     *
     * @throws IllegalArgumentException telling what is wrong; nothing is changed then
     */
    public void set(ObjectNode json) {
        var changed = new HashMap<>(paces);
        json.properties().forEach(field -> {
            if (!field.getKey().equals(ALL) && !paces.containsKey(field.getKey())) {
                throw new IllegalArgumentException("there is no provider '" + field.getKey() + "'; there are "
                        + new TreeMap<>(paces).keySet() + " and *");
            }
            changed.replaceAll((vendor, pace) ->
                    field.getKey().equals(ALL) || field.getKey().equals(vendor)
                            ? changed(pace, field.getValue())
                            : pace);
        });
        paces.putAll(changed);
    }

    private static Pace changed(Pace pace, JsonNode json) {
        json.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                throw new IllegalArgumentException("'" + name + "' is unknown; there are " + FIELDS);
            }
        });
        return new Pace(
                span(json.path("queue_seconds"), pace.queue()),
                span(json.path("run_seconds"), pace.run()),
                json.path("concurrency").asInt(pace.concurrency()),
                json.has("output_life_seconds") ? seconds(json.get("output_life_seconds")) : pace.outputLife());
    }

    private static Pace.Span span(JsonNode json, Pace.Span otherwise) {
        if (json.isMissingNode()) {
            return otherwise;
        }
        return json.isArray() && json.size() == 2
                ? new Pace.Span(seconds(json.get(0)), seconds(json.get(1)))
                : Pace.Span.of(seconds(json));
    }

    private static Duration seconds(JsonNode json) {
        if (!json.isNumber() || json.doubleValue() < 0) {
            throw new IllegalArgumentException(json + " is no number of seconds; give 0 or more, or [least, most]");
        }
        return Duration.ofNanos((long) (json.doubleValue() * 1e9));
    }

    public ObjectNode describe() {
        var json = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(paces).forEach((vendor, pace) -> {
            var own = json.putObject(vendor);
            describe(own.putArray("queue_seconds"), pace.queue());
            describe(own.putArray("run_seconds"), pace.run());
            own.put("concurrency", pace.concurrency());
            own.put("output_life_seconds", pace.outputLife().toMillis() / 1000.0);
        });
        return json;
    }

    private static void describe(com.fasterxml.jackson.databind.node.ArrayNode json, Pace.Span span) {
        json.add(span.shortest().toMillis() / 1000.0).add(span.longest().toMillis() / 1000.0);
    }
}
