package io.storyreel.api.description;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import static io.storyreel.api.description.ApiDescription.members;

/** Compares values with the schema that describes them. */
final class DescribedValue {
    private final ApiDescription api;
    private final List<String> flaws = new ArrayList<>();

    private DescribedValue(ApiDescription api) {
        this.api = api;
    }

    /** What of the value is not as described; empty if all is. */
    static List<String> flaws(ApiDescription api, String name, JsonNode value, JsonNode schema) {
        DescribedValue described = new DescribedValue(api);
        described.compare(name, value, schema);
        return described.flaws;
    }

    private void compare(String name, JsonNode value, JsonNode described) {
        if (value.isNull()) {
            if (!ApiDescription.mayBeNull(described)) {
                flaws.add(name + " is null");
            }
            return;
        }
        JsonNode schema = api.resolved(ApiDescription.unlessNull(described));
        if (value.isObject() && schema.has("properties")) {
            compareMembers(name, value, schema);
        } else if (value.isObject() && schema.has("additionalProperties")) {
            members(value)
                    .forEach(member -> compare(
                            name + "." + member.getKey(), member.getValue(), schema.get("additionalProperties")));
        } else if (value.isArray() && isOf(schema, "array")) {
            value.forEach(item -> compare(name + "[]", item, schema.path("items")));
        } else if (!fits(value, schema)) {
            flaws.add(name + " = " + value);
        }
    }

    private void compareMembers(String name, JsonNode value, JsonNode schema) {
        members(value).forEach(member -> {
            JsonNode property = schema.get("properties").get(member.getKey());
            if (property == null) {
                flaws.add(name + "." + member.getKey() + " is not described");
            } else {
                compare(name + "." + member.getKey(), member.getValue(), property);
            }
        });
        schema.path("required").forEach(field -> {
            if (!value.has(field.asText())) {
                flaws.add(name + "." + field.asText() + " is missing");
            }
        });
    }

    private static boolean fits(JsonNode value, JsonNode schema) {
        return switch (ApiDescription.type(schema)) {
            case "integer" -> value.isIntegralNumber() && isWithin(value, schema);
            case "number" -> value.isNumber() && isWithin(value, schema);
            case "boolean" -> value.isBoolean();
            case "object" -> value.isObject();
            case "array" -> false;
            case "string" -> value.isTextual() && hasForm(value.asText(), schema);
            default -> true;
        };
    }

    private static boolean isOf(JsonNode schema, String type) {
        return ApiDescription.type(schema).equals(type);
    }

    private static boolean isWithin(JsonNode value, JsonNode schema) {
        return value.asDouble() >= schema.path("minimum").asDouble(-Double.MAX_VALUE)
                && value.asDouble() <= schema.path("maximum").asDouble(Double.MAX_VALUE);
    }

    private static boolean hasForm(String text, JsonNode schema) {
        int length = text.codePointCount(0, text.length());
        List<String> choice = new ArrayList<>();
        schema.path("enum").forEach(one -> choice.add(one.asText()));
        return (choice.isEmpty() || choice.contains(text))
                && length >= schema.path("minLength").asInt(0)
                && length <= schema.path("maxLength").asInt(Integer.MAX_VALUE)
                && (!schema.has("pattern")
                        || Pattern.matches(schema.get("pattern").asText(), text));
    }
}
