package io.storyreel.local.simulator.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.simulator.call.Subject;

import java.util.ArrayList;
import java.util.List;

/** The faults set for one vendor: the script first, then the rate. */
final class FaultPlan {

    static final FaultPlan NONE = new FaultPlan(List.of(), null);

    private final List<FaultRule> script;
    private final FaultRate rate; // null: none

    private FaultPlan(List<FaultRule> script, FaultRate rate) {
        this.script = script;
        this.rate = rate;
    }

    /** @param withTasks whether the vendor works by tasks; others cannot have the faults of tasks and files */
    static FaultPlan parse(JsonNode json, boolean withTasks) throws BadFaults {
        if (!(json instanceof ObjectNode)) {
            throw new BadFaults("the faults of a provider are an object with 'script' and 'rate'");
        }
        for (var names = json.fieldNames(); names.hasNext(); ) {
            var name = names.next();
            if (!name.equals("script") && !name.equals("rate")) {
                throw new BadFaults("'" + name + "' is unknown; a provider has 'script' and 'rate'");
            }
        }
        var rules = new ArrayList<FaultRule>();
        for (var line : json.path("script")) {
            if (!(line instanceof ObjectNode rule)) {
                throw new BadFaults("a rule of 'script' is an object such as {\"on\":\"submit\",\"fault\":\"500\"}");
            }
            var parsed = FaultRule.parse(rule);
            if (!withTasks && parsed.fault().kind().needsTasks()) {
                throw new BadFaults("the fault '" + parsed.fault().name() + "' needs a provider that works by tasks");
            }
            rules.add(parsed);
        }
        var rate = json.path("rate") instanceof ObjectNode given ? FaultRate.parse(given, withTasks) : null;
        return new FaultPlan(rules, rate);
    }

    synchronized Fault next(Subject subject) {
        for (var rule : script) {
            var fault = rule.take(subject);
            if (fault.isPresent()) {
                return fault.get();
            }
        }
        return rate == null ? Fault.NONE : rate.draw(subject).orElse(Fault.NONE);
    }

    synchronized ObjectNode describe() {
        var json = JsonNodeFactory.instance.objectNode();
        var rules = json.putArray("script");
        script.forEach(rule -> rules.add(rule.describe()));
        if (rate != null) {
            json.set("rate", rate.describe());
        }
        return json;
    }
}
