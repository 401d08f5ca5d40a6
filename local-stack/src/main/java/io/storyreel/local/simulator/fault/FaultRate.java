package io.storyreel.local.simulator.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.simulator.call.CallKind;
import io.storyreel.local.simulator.call.Subject;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** Faults that meet a share of all calls, each in its turn among those that can happen to the call. */
final class FaultRate {

    /** What {@code "all"} stands for: every fault a sound client survives without being told a wrong key or address. */
    private static final List<String> ALL = List.of(
            "429",
            "500",
            "reset",
            "stuck",
            "429_without_retry_after",
            "503",
            "slow",
            "fail",
            "truncated",
            "unknown_state",
            "html",
            "reset_after",
            "hang",
            "expired",
            "late",
            "progress_above_one",
            "cut",
            "refusal",
            "bad_json",
            "progress_falls",
            "missing_output",
            "corrupt",
            "money_text",
            "no_content_length",
            "money_null",
            "duplicate",
            "wrong_length",
            "late_result",
            "endless",
            "tiny",
            "wrong_size",
            "wrong_sha256");

    private static final Set<String> FIELDS =
            Set.of("probability", "faults", "on", "seed", "retry_after", "seconds", "code", "message", "charged");

    private final double probability;
    private final List<Fault> faults;
    private final Set<CallKind> on;
    private final SplittableRandom random;
    private final Map<CallKind, Integer> turns = new EnumMap<>(CallKind.class);
    private final ObjectNode given;

    private FaultRate(double probability, List<Fault> faults, Set<CallKind> on, long seed, ObjectNode given) {
        this.probability = probability;
        this.faults = faults;
        this.on = on;
        this.random = new SplittableRandom(seed);
        this.given = given;
    }

    static FaultRate parse(ObjectNode json, boolean withTasks) throws BadFaults {
        for (var names = json.fieldNames(); names.hasNext(); ) {
            var name = names.next();
            if (!FIELDS.contains(name)) {
                throw new BadFaults("'rate' has no field '" + name + "'; its fields are " + FIELDS);
            }
        }
        var probability = json.path("probability").asDouble(-1);
        if (probability < 0 || probability > 1) {
            throw new BadFaults("'rate.probability' is " + json.path("probability") + "; give a number from 0 to 1");
        }
        var faults = new ArrayList<Fault>();
        for (var name : names(json.path("faults"))) {
            var fault = Fault.named(name, json).orElseThrow(() -> BadFaults.unknown(name));
            if (withTasks || !fault.kind().needsTasks()) {
                faults.add(fault);
            }
        }
        return new FaultRate(
                probability, faults, calls(json.path("on")), json.path("seed").asLong(1), json);
    }

    private static List<String> names(JsonNode faults) {
        if (faults.isMissingNode() || faults.asText().equals("all")) {
            return ALL;
        }
        var names = new ArrayList<String>();
        faults.forEach(name -> names.add(name.asText()));
        return names;
    }

    private static Set<CallKind> calls(JsonNode on) throws BadFaults {
        var calls = EnumSet.noneOf(CallKind.class);
        for (var word : on) {
            calls.add(CallKind.named(word.asText())
                    .orElseThrow(
                            () -> new BadFaults("'rate.on' holds '" + word.asText() + "', which is no kind of call")));
        }
        return calls.isEmpty() ? EnumSet.allOf(CallKind.class) : calls;
    }

    Optional<Fault> draw(Subject subject) {
        if (!on.contains(subject.kind()) || random.nextDouble() >= probability) {
            return Optional.empty();
        }
        var turn = turns.getOrDefault(subject.kind(), 0);
        for (var i = 0; i < faults.size(); i++) {
            var fault = faults.get((turn + i) % faults.size());
            if (fault.kind().fits(subject)) {
                turns.put(subject.kind(), turn + i + 1);
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }

    ObjectNode describe() {
        return given;
    }
}
