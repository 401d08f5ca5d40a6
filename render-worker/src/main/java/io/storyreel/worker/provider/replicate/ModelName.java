package io.storyreel.worker.provider.replicate;

import io.vertx.core.json.JsonObject;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replicate's name of a model.
 *
 * @param path {@code owner/name}; what was configured if it is no such name
 * @param version 64 hex digits; null for an official model, which is run as it is
 */
record ModelName(String path, String version, boolean valid) {
    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9._-]+/[A-Za-z0-9._-]+)(?::([0-9a-f]{64}))?");

    static ModelName of(String configured) {
        Matcher name = FORM.matcher(configured);
        return name.matches() && !configured.contains("..")
                ? new ModelName(name.group(1), name.group(2), true)
                : new ModelName(configured, null, false);
    }

    /** Where a run of it is ordered, below the API's address. */
    String orders() {
        return version == null ? "/models/" + path + "/predictions" : "/predictions";
    }

    /** Where it is described, below the API's address. */
    String description() {
        return "/models/" + path + (version == null ? "" : "/versions/" + version);
    }

    /** The order of a run. */
    JsonObject order(JsonObject input) {
        JsonObject order = new JsonObject().put("input", input);
        return version == null ? order : order.put("version", path + ":" + version);
    }

    /** Whether a run is one of this model, as far as its description tells. */
    boolean made(JsonObject prediction) {
        return path.equals(prediction.getValue("model"));
    }
}
