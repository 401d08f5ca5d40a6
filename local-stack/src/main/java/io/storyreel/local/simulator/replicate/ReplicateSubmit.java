package io.storyreel.local.simulator.replicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.storyreel.local.simulator.frame.Call;
import io.storyreel.local.simulator.frame.TaskFaults;
import io.storyreel.local.simulator.media.Asset;
import io.storyreel.local.simulator.media.Studio;
import io.storyreel.local.simulator.task.Bill;
import io.storyreel.local.simulator.task.Task;
import io.storyreel.local.simulator.task.TaskLine;
import io.storyreel.local.simulator.wire.Request;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks a prediction that is asked for, and takes it on. */
record ReplicateSubmit(TaskLine line, Studio studio, ReplicateFiles uploads, InstantSource clock) {

    private static final Set<String> FIELDS = Set.of("input", "webhook", "webhook_events_filter", "stream");
    private static final Pattern LIFE = Pattern.compile("(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s?)?");
    private static final Duration SHORTEST_LIFE = Duration.ofSeconds(5);
    private static final String LETTERS = "abcdefghjkmnpqrstvwxyz0123456789";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LONGEST_SHOWN = 2048;

    /** @param modelId null when the body names the version */
    Task accept(String modelId, Request request, Call call) throws ReplicateRefusal {
        var body = request.object()
                .filter(json -> request.isJson())
                .orElseThrow(() -> new ReplicateRefusal(400, "Bad request", "The body is not a JSON object."));
        for (var field : body.properties()) {
            if (!FIELDS.contains(field.getKey())
                    && !(modelId == null && field.getKey().equals("version"))) {
                throw ReplicateRefusal.invalid(
                        field.getKey(), "Additional property " + field.getKey() + " is not allowed");
            }
        }
        var model = (modelId == null
                        ? ReplicateModel.ofVersion(body.path("version").asText(""))
                        : ReplicateModel.named(modelId))
                .orElseThrow(() -> modelId == null
                        ? new ReplicateRefusal(
                                422, "Invalid version or not permitted", "The specified version does not exist.")
                        : ReplicateRefusal.notFound());
        if (!(body.path("input") instanceof ObjectNode input)) {
            throw ReplicateRefusal.invalid("input", "input is required");
        }
        model.check(input);
        var deadline = life(request.header("Cancel-After").orElse(""));
        return entered(new ReplicateWork(model, input, picture(input)), deadline, call);
    }

    private Asset picture(ObjectNode input) throws ReplicateRefusal {
        if (!input.has("image")) {
            return null;
        }
        var address = input.get("image").asText();
        Optional<Asset> uploaded = uploads.find(address);
        return uploaded.or(() -> studio.assets().named(address))
                .orElseThrow(() -> ReplicateRefusal.invalid("input.image", "Does not match format 'uri'"));
    }

    /** @return zero for none */
    private static Duration life(String text) throws ReplicateRefusal {
        if (text.isEmpty()) {
            return Duration.ZERO;
        }
        var match = LIFE.matcher(text);
        var life = match.matches()
                ? Duration.ofHours(number(match.group(1)))
                        .plusMinutes(number(match.group(2)))
                        .plusSeconds(number(match.group(3)))
                : Duration.ZERO;
        if (life.compareTo(SHORTEST_LIFE) < 0) {
            throw new ReplicateRefusal(
                    400, "Bad request", "Cancel-After must be at least 5 seconds, not '" + text + "'.");
        }
        return life;
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private Task entered(ReplicateWork work, Duration life, Call call) {
        var bill = new Bill(work.price());
        var kept = JsonNodeFactory.instance.objectNode();
        kept.set("input", shortened(work.input()));
        if (!life.isZero()) {
            kept.put(Predictions.DEADLINE, clock.instant().plus(life).toString());
        }
        var task = new Task(
                id(),
                work.model().id(),
                work.prompt(),
                kept,
                TaskFaults.outcome(call.fault(), "Prediction failed."),
                bill,
                () -> work.make(studio));
        line.enter(task);
        call.concerns(task.id());
        call.bought(work.purchase(bill));
        return task;
    }

    /** Without the pictures that came inside it: thousands of tasks are kept. */
    private static ObjectNode shortened(ObjectNode input) {
        var copy = JsonNodeFactory.instance.objectNode();
        for (var field : input.properties()) {
            JsonNode value = field.getValue();
            var tooLong = value.isTextual()
                    && value.textValue().startsWith("data:")
                    && value.textValue().length() > LONGEST_SHOWN;
            copy.set(
                    field.getKey(), tooLong ? TextNode.valueOf(value.textValue().substring(0, 64)) : value);
        }
        return copy;
    }

    private static String id() {
        var id = new StringBuilder();
        for (var i = 0; i < 26; i++) {
            id.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return id.toString();
    }
}
