package io.storyreel.worker.provider.replicate;

import io.storyreel.worker.provider.http.JsonAnswer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Compares what a model takes, by its own description, with what it would be sent. */
final class ModelSchema {
    private static final String SETTING = "storyreel.replicate.clip.";

    private ModelSchema() {}

    /** What keeps the model from being used, naming the setting; null if nothing does. */
    static String missing(ClipModel model, JsonAnswer described) {
        String name = model.name().path();
        if (described.status() == 404) {
            return "Replicate has no model " + name + ": set " + SETTING + "model to one it has";
        }
        JsonObject version =
                model.name().version() == null ? object(described.json(), "latest_version") : described.json();
        JsonObject input = object(version, "openapi_schema", "components", "schemas", "Input");
        JsonObject takes = object(input, "properties");
        if (takes.isEmpty()) {
            return "Replicate does not tell what the model " + name + " takes: set " + SETTING + "model to another";
        }
        Set<String> sent = new TreeSet<>(model.fields().values());
        sent.addAll(model.extra().keySet());
        List<String> unknown =
                sent.stream().filter(field -> !takes.containsKey(field)).toList();
        if (!unknown.isEmpty()) {
            return "The model " + name + " takes no " + String.join(", ", unknown) + ": set " + SETTING
                    + "inputs.* to the names of its inputs, or none";
        }
        List<String> unsent = required(input);
        unsent.removeAll(sent);
        return unsent.isEmpty()
                ? null
                : "The model " + name + " demands " + String.join(", ", unsent) + ": set " + SETTING + "extra."
                        + unsent.get(0);
    }

    private static List<String> required(JsonObject input) {
        List<String> fields = new ArrayList<>();
        if (input.getValue("required") instanceof JsonArray listed) {
            for (Object field : listed) {
                fields.add(String.valueOf(field));
            }
        }
        return fields;
    }

    private static JsonObject object(JsonObject parent, String... path) {
        JsonObject found = parent;
        for (String field : path) {
            found = found.getValue(field) instanceof JsonObject child ? child : new JsonObject();
        }
        return found;
    }
}
