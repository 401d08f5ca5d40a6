package io.storyreel.local.simulator.fault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.simulator.call.CallKind;
import io.storyreel.local.simulator.call.Subject;

import java.util.Optional;
import java.util.Set;

/** One line of a script: after so many matching calls the next ones meet the fault. */
final class FaultRule {

    private static final Set<String> FIELDS = Set.of(
            "on",
            "fault",
            "times",
            "skip",
            "match",
            "task",
            "retry_after",
            "seconds",
            "code",
            "message",
            "charged",
            "location",
            "shape",
            "state");

    private final Fault fault;
    private final CallKind on; // null: every kind of call the fault can happen to
    private final String match;
    private final String task;
    private int skip;
    private int left;

    private FaultRule(Fault fault, CallKind on, String match, String task, int skip, int left) {
        this.fault = fault;
        this.on = on;
        this.match = match;
        this.task = task;
        this.skip = skip;
        this.left = left;
    }

    /** @throws BadFaults naming what is wrong with it */
    static FaultRule parse(ObjectNode json) throws BadFaults {
        for (var names = json.fieldNames(); names.hasNext(); ) {
            var name = names.next();
            if (!FIELDS.contains(name)) {
                throw new BadFaults("a rule has no field '" + name + "'; its fields are " + FIELDS);
            }
        }
        var name = json.path("fault").asText("");
        var fault = Fault.named(name, json).orElseThrow(() -> BadFaults.unknown(name));
        CallKind on = null;
        var word = json.path("on").asText("any");
        if (!word.equals("any")) {
            on = CallKind.named(word)
                    .orElseThrow(() -> new BadFaults(
                            "'on' is '" + word + "'; it is one of submit, poll, cancel, download, other, any"));
            if (!fault.kind().fits(on)) {
                throw new BadFaults("the fault '" + name + "' cannot happen to a " + word + " call");
            }
        }
        return new FaultRule(
                fault,
                on,
                json.path("match").asText(""),
                json.path("task").asText(""),
                json.path("skip").asInt(0),
                json.path("times").asInt(1));
    }

    Optional<Fault> take(Subject subject) {
        if (left <= 0 || !matches(subject)) {
            return Optional.empty();
        }
        if (skip > 0) {
            skip--;
            return Optional.empty();
        }
        left--;
        return Optional.of(fault);
    }

    private boolean matches(Subject subject) {
        return (on == null || on == subject.kind())
                && fault.kind().fits(subject)
                && (task.isEmpty() || task.equals(subject.task()))
                && (match.isEmpty() || subject.about().get().contains(match));
    }

    Fault fault() {
        return fault;
    }

    /** As it was given, with what is left of it. */
    ObjectNode describe() {
        return fault.settings().deepCopy().put("times", left).put("skip", skip);
    }
}
