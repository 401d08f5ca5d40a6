package io.storyreel.local.simulator.custom;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.Set;

/**
 * Reads an object of the request field by field and refuses what does not belong.
 *
 * @param path of the object, such as {@code storyboard[0].}; empty for the body itself
 */
record Checked(JsonNode json, String path) {

    Checked only(String... names) throws CustomRefusal {
        if (!json.isObject()) {
            throw CustomRefusal.invalid(
                    path.isEmpty() ? "body" : path.substring(0, path.length() - 1), "must be an object");
        }
        for (var given : json.properties()) {
            if (!Set.of(names).contains(given.getKey())) {
                throw CustomRefusal.invalid(path + given.getKey(), "unknown field");
            }
        }
        return this;
    }

    boolean has(String name) {
        return json.hasNonNull(name);
    }

    Checked object(String name) {
        return new Checked(json.path(name), path + name + ".");
    }

    Checked item(String name, int index) {
        return new Checked(json.path(name).path(index), path + name + "[" + index + "].");
    }

    /** Length of a list; 0 when it is absent. */
    int size(String name, int least, int most) throws CustomRefusal {
        var list = json.path(name);
        if (!list.isMissingNode() && !list.isNull() && !list.isArray()) {
            throw CustomRefusal.invalid(path + name, "must be a list");
        }
        if (list.size() < least || list.size() > most) {
            throw CustomRefusal.invalid(path + name, "must have " + least + " to " + most + " entries");
        }
        return list.size();
    }

    /** Empty when it is absent and may be. */
    String text(String name, int least, int most) throws CustomRefusal {
        if (least == 0 && !has(name)) {
            return "";
        }
        var value = json.path(name);
        if (!value.isTextual()
                || value.textValue().length() < least
                || value.textValue().length() > most) {
            throw CustomRefusal.invalid(
                    path + name, "must be a text of " + Math.max(1, least) + " to " + most + " characters");
        }
        return value.textValue();
    }

    double number(String name, double least, double most, double otherwise) throws CustomRefusal {
        if (!has(name)) {
            if (Double.isNaN(otherwise)) {
                throw CustomRefusal.invalid(path + name, "is missing");
            }
            return otherwise;
        }
        var value = json.get(name);
        if (!value.isNumber() || value.doubleValue() < least || value.doubleValue() > most) {
            throw CustomRefusal.invalid(path + name, "must be a number from " + least + " to " + most);
        }
        return value.doubleValue();
    }

    boolean flag(String name, boolean otherwise) throws CustomRefusal {
        if (has(name) && !json.get(name).isBoolean()) {
            throw CustomRefusal.invalid(path + name, "must be true or false");
        }
        return json.path(name).asBoolean(otherwise);
    }
}
