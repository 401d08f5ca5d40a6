package io.storyreel.local.simulator.replicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;

/**
 * One input of a model, as its schema describes it.
 *
 * @param type of JSON Schema: string, integer, boolean or array
 * @param allowed the only values, as text; empty for any
 * @param least for integers
 * @param most for integers
 */
record InputField(
        String name, String type, boolean required, boolean address, List<String> allowed, long least, long most) {

    static InputField text(String name) {
        return new InputField(name, "string", false, false, List.of(), 0, 0);
    }

    static InputField address(String name) {
        return new InputField(name, "string", false, true, List.of(), 0, 0);
    }

    static InputField addresses(String name) {
        return new InputField(name, "array", false, true, List.of(), 0, 0);
    }

    static InputField choice(String name, String... allowed) {
        return new InputField(name, "string", false, false, List.of(allowed), 0, 0);
    }

    static InputField flag(String name) {
        return new InputField(name, "boolean", false, false, List.of(), 0, 0);
    }

    static InputField number(String name, long least, long most) {
        return new InputField(name, "integer", false, false, List.of(), least, most);
    }

    static InputField oneOfNumbers(String name, String... allowed) {
        return new InputField(name, "integer", false, false, List.of(allowed), Long.MIN_VALUE, Long.MAX_VALUE);
    }

    InputField needed() {
        return new InputField(name, type, true, address, allowed, least, most);
    }

    void check(JsonNode value) throws ReplicateRefusal {
        var path = "input." + name;
        var good =
                switch (type) {
                    case "integer" -> value.isIntegralNumber();
                    case "boolean" -> value.isBoolean();
                    case "array" -> value.isArray();
                    default -> value.isTextual();
                };
        if (!good) {
            throw ReplicateRefusal.invalid(path, "Invalid type. Expected: " + type + ", given: " + value.getNodeType());
        }
        if (!allowed.isEmpty() && !allowed.contains(value.asText())) {
            throw ReplicateRefusal.invalid(path, name + " must be one of the following: " + String.join(", ", allowed));
        }
        if (type.equals("integer") && (value.longValue() < least || value.longValue() > most)) {
            throw ReplicateRefusal.invalid(path, "Must be from " + least + " to " + most);
        }
    }

    /** As in the schema of a version. */
    ObjectNode describe() {
        var json = JsonNodeFactory.instance.objectNode().put("title", name);
        if (allowed.isEmpty()) {
            json.put("type", type);
        } else {
            json.putArray("allOf").addObject().put("$ref", "#/components/schemas/" + name);
        }
        if (type.equals("integer") && least > Long.MIN_VALUE) {
            json.put("minimum", least).put("maximum", most);
        }
        if (address && type.equals("array")) {
            json.putObject("items").put("type", "string").put("format", "uri");
        } else if (address) {
            json.put("format", "uri");
        }
        return json;
    }
}
