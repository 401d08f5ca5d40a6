package io.storyreel.local.simulator.fault;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.simulator.call.Subject;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The faults of all vendors. */
public final class Faults {

    private final Map<String, Boolean> vendors;
    private final Map<String, FaultPlan> plans = new ConcurrentHashMap<>();

    /** @param vendors names, and whether each works by tasks */
    public Faults(Map<String, Boolean> vendors) {
        this.vendors = new TreeMap<>(vendors);
    }

    /**
     * Sets the faults of the vendors named and leaves those of the others.
     *
     * @throws BadFaults when any is wrong; nothing is changed then
     */
    public void set(ObjectNode json) throws BadFaults {
        var parsed = new HashMap<String, FaultPlan>();
        for (var field : json.properties()) {
            if (!vendors.containsKey(field.getKey())) {
                throw new BadFaults("there is no provider '" + field.getKey() + "'; there are " + vendors.keySet());
            }
            parsed.put(field.getKey(), FaultPlan.parse(field.getValue(), vendors.get(field.getKey())));
        }
        plans.putAll(parsed);
    }

    public void clear() {
        plans.clear();
    }

    public Fault next(String vendor, Subject subject) {
        return plans.getOrDefault(vendor, FaultPlan.NONE).next(subject);
    }

    /** What is set, with what is left of each rule. */
    public ObjectNode describe() {
        var json = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(plans).forEach((vendor, plan) -> json.set(vendor, plan.describe()));
        return json;
    }
}
