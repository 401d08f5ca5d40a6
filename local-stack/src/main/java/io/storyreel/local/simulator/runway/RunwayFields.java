package io.storyreel.local.simulator.runway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.simulator.media.Asset;
import io.storyreel.local.simulator.media.Assets;

import java.util.Optional;
import java.util.Set;

/** Reads a body field by field, and refuses as Runway does what it must not hold. */
record RunwayFields(ObjectNode body, Assets assets, RunwayUploads uploads) {

    private static final int LONGEST_PROMPT = 1000;
    private static final int LONGEST_ADDRESS = 2048;
    private static final int LARGEST_DATA = 5 << 20;
    private static final long LARGEST_SEED = 4_294_967_295L;

    void allowOnly(Set<String> names) throws RunwayRefusal {
        for (var given = body.fieldNames(); given.hasNext(); ) {
            var name = given.next();
            if (!names.contains(name)) {
                throw RunwayRefusal.invalid(name, "unrecognized_keys", "Unrecognized key: \"" + name + "\"");
            }
        }
    }

    String requiredText(String name) throws RunwayRefusal {
        if (!body.path(name).isTextual()) {
            throw RunwayRefusal.invalid(name, "invalid_type", "Invalid input: expected string");
        }
        return body.get(name).textValue();
    }

    /** Empty when it is left out and may be. */
    String prompt(boolean required) throws RunwayRefusal {
        if (!required && !body.has("promptText")) {
            return "";
        }
        var prompt = requiredText("promptText");
        if (prompt.isEmpty() || prompt.length() > LONGEST_PROMPT) {
            throw RunwayRefusal.invalid(
                    "promptText",
                    prompt.isEmpty() ? "too_small" : "too_big",
                    "Text must have from 1 to " + LONGEST_PROMPT + " UTF-16 code units");
        }
        return prompt;
    }

    String oneOf(String name, Set<String> allowed) throws RunwayRefusal {
        var value = requiredText(name);
        if (!allowed.contains(value)) {
            throw RunwayRefusal.invalid(name, "invalid_value", "Invalid option: expected one of " + allowed);
        }
        return value;
    }

    int duration(RunwayModel model) throws RunwayRefusal {
        var node = body.path("duration");
        if (node.isMissingNode() && !model.durationNeeded()) {
            return model.defaultDuration();
        }
        if (!node.isNumber() || node.doubleValue() != node.intValue() || !model.offers(node.intValue())) {
            throw RunwayRefusal.invalid(
                    "duration",
                    "invalid_value",
                    "Invalid input: " + model.id() + " takes "
                            + (model.fixedDurations().isEmpty() ? "an integer from 2 to 10" : model.fixedDurations()));
        }
        return node.intValue();
    }

    void checkSeed() throws RunwayRefusal {
        var node = body.path("seed");
        var good = node.isMissingNode()
                || node.isIntegralNumber() && node.longValue() >= 0 && node.longValue() <= LARGEST_SEED;
        if (!good) {
            throw RunwayRefusal.invalid(
                    "seed", "invalid_type", "Invalid input: expected an integer from 0 to 4294967295");
        }
    }

    void checkModeration() throws RunwayRefusal {
        var node = body.path("contentModeration");
        if (node.isMissingNode()) {
            return;
        }
        var threshold = node.path("publicFigureThreshold").asText("auto");
        if (!node.isObject() || !threshold.equals("auto") && !threshold.equals("low")) {
            throw RunwayRefusal.invalid(
                    "contentModeration.publicFigureThreshold", "invalid_value", "Invalid option: expected auto or low");
        }
    }

    boolean flag(String name, boolean otherwise) throws RunwayRefusal {
        var node = body.path(name);
        if (!node.isMissingNode() && !node.isBoolean()) {
            throw RunwayRefusal.invalid(name, "invalid_type", "Invalid input: expected boolean");
        }
        return node.asBoolean(otherwise);
    }

    /** The first frame. */
    Asset promptImage(boolean lastAllowed) throws RunwayRefusal {
        var node = body.path("promptImage");
        if (node.isTextual()) {
            return asset(node.textValue());
        }
        Asset first = null;
        if (node.isArray() && node.size() >= 1 && node.size() <= (lastAllowed ? 2 : 1)) {
            for (var item : node) {
                var position = item.path("position").asText("");
                if (item.size() != 2 || !position.equals("first") && !(lastAllowed && position.equals("last"))) {
                    throw RunwayRefusal.invalid("promptImage", "invalid_value", "Invalid input: bad position");
                }
                var asset = asset(item.path("uri").asText(""));
                first = position.equals("first") ? asset : first;
            }
        }
        if (first == null) {
            throw RunwayRefusal.invalid(
                    "promptImage", "invalid_type", "Invalid input: expected string or a list with a first frame");
        }
        return first;
    }

    private Asset asset(String uri) throws RunwayRefusal {
        var data = uri.startsWith("data:");
        if (uri.length() > (data ? LARGEST_DATA : LONGEST_ADDRESS)) {
            throw RunwayRefusal.invalid(
                    "promptImage", "too_big", "The URI is too long: " + uri.length() + " characters");
        }
        Optional<Asset> asset = uri.startsWith("runway://") ? uploads.find(uri) : assets.named(uri);
        return asset.orElseThrow(() -> RunwayRefusal.invalid(
                "promptImage",
                "invalid_format",
                "Invalid input: expected an https URL, a data URI or a runway:// URI"));
    }

    JsonNode raw(String name) {
        return body.path(name);
    }
}
