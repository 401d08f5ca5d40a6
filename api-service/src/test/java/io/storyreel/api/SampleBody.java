package io.storyreel.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Bodies that fit a schema, and the same with one thing wrong. */
final class SampleBody {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /**
     * A body with one thing wrong.
     *
     * @param field last part of the name of what is wrong
     */
    record Spoilt(String field, String how, JsonNode body) {}

    private SampleBody() {}

    static JsonNode of(JsonNode schema) {
        if (schema.has("example")) {
            JsonNode example = schema.get("example");
            return type(schema).equals("object") && example.isTextual() ? parsed(example.asText()) : example;
        }
        if (!schema.path("examples").isEmpty()) {
            return schema.get("examples").get(0);
        }
        if (schema.has("enum")) {
            return schema.get("enum").get(0);
        }
        return switch (type(schema)) {
            case "object" -> object(schema);
            case "array" -> JSON.arrayNode().add(of(schema.path("items")));
            case "integer" -> JSON.numberNode(schema.path("minimum").asInt(1));
            case "number" -> JSON.numberNode(schema.path("minimum").asDouble(1));
            case "boolean" -> JSON.booleanNode(true);
            default -> JSON.textNode(text(schema));
        };
    }

    /** What the operation accepts; null if it takes no JSON. */
    static String textFor(DescribedOperation operation) {
        if (!operation.takesJson()) {
            return null;
        }
        if (!operation.body().path("required").isEmpty()) {
            return of(operation.body()).toString();
        }
        return operation.method().equals("PATCH") ? oneField(operation.body()).toString() : "{}";
    }

    private static JsonNode parsed(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("an example is no JSON: " + text, e);
        }
    }

    private static String text(JsonNode schema) {
        return schema.path("format").asText().equals("uri")
                ? "https://example.com/x.png"
                : "a".repeat(Math.max(1, schema.path("minLength").asInt()));
    }

    private static JsonNode object(JsonNode schema) {
        ObjectNode object = JSON.objectNode();
        schema.path("required")
                .forEach(name ->
                        object.set(name.asText(), of(schema.path("properties").path(name.asText()))));
        return object;
    }

    /** Its first property, for requests that must name some field and do not care which. */
    private static JsonNode oneField(JsonNode schema) {
        JsonNode properties = schema.path("properties");
        String first = properties.fieldNames().next();
        return JSON.objectNode().set(first, of(properties.get(first)));
    }

    static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray()
                ? type.get(type.get(0).asText().equals("null") ? 1 : 0).asText()
                : type.asText();
    }

    /** With something that can never be: it has to be refused, naming the field. */
    static List<Spoilt> impossible(JsonNode schema) {
        List<Spoilt> all = new ArrayList<>();
        JsonNode sample = of(schema);
        visit(schema, sample, (path, property) -> {
            List<JsonNode> wrong = new ArrayList<>();
            String type = type(property);
            if (!type.equals("object") && !type.isEmpty()) {
                wrong.add(JSON.objectNode().put("x", 1));
            }
            if (!type.equals("array") && !type.isEmpty()) {
                wrong.add(JSON.arrayNode().add(JSON.arrayNode()));
            }
            switch (type) {
                case "string" -> {
                    wrong.add(JSON.numberNode(12));
                    wrong.add(JSON.booleanNode(true));
                    wrong.add(JSON.textNode("a\0b"));
                    if (property.has("enum")) {
                        wrong.add(JSON.textNode("no such"));
                        wrong.add(JSON.textNode(""));
                    }
                    if (property.has("maxLength")) {
                        wrong.add(JSON.textNode(
                                "a".repeat(property.get("maxLength").asInt() + 1)));
                    }
                }
                case "integer", "number" -> {
                    wrong.add(JSON.textNode("1e3"));
                    wrong.add(JSON.textNode(""));
                    wrong.add(JSON.booleanNode(true));
                    if (property.has("maximum")) {
                        wrong.add(JSON.numberNode(property.get("maximum").asInt() + 1));
                    }
                    if (property.has("minimum")) {
                        wrong.add(JSON.numberNode(property.get("minimum").asInt() - 1));
                    }
                }
                case "boolean" -> {
                    wrong.add(JSON.textNode("true"));
                    wrong.add(JSON.numberNode(1));
                }
                default -> {
                    wrong.add(JSON.textNode("x"));
                    wrong.add(JSON.numberNode(3));
                    if (property.has("properties")) {
                        wrong.add(JSON.objectNode().put("nosuchfield", 1));
                    }
                    if (type.equals("array") && property.has("maxItems")) {
                        ArrayNode many = JSON.arrayNode();
                        for (int i = 0; i <= property.get("maxItems").asInt(); i++) {
                            many.add(of(property.path("items")));
                        }
                        wrong.add(many);
                    }
                }
            }
            wrong.forEach(value -> all.add(spoilt(sample, path, value)));
        });
        schema.path("required").forEach(name -> {
            ObjectNode without = sample.deepCopy();
            without.remove(name.asText());
            all.add(new Spoilt(name.asText(), "missing", without));
        });
        return all;
    }

    /** With something odd that may be accepted, but never breaks anything. */
    static List<Spoilt> odd(JsonNode schema) {
        List<Spoilt> all = new ArrayList<>();
        JsonNode sample = of(schema);
        visit(schema, sample, (path, property) -> {
            List<JsonNode> odd = new ArrayList<>(List.of(JSON.nullNode()));
            switch (type(property)) {
                case "string" ->
                    List.of(
                                    "",
                                    " ",
                                    "😀👩‍👩‍👧",
                                    "שלום \u202e עולם",
                                    "\ud800",
                                    "a".repeat(100_000),
                                    "../../etc/passwd",
                                    "'; --",
                                    "%00")
                            .forEach(text -> odd.add(JSON.textNode(text)));
                case "integer", "number" -> {
                    for (double number : new double[] {0, -1, 1e9, 1e308, -1e308, 1e-300}) {
                        odd.add(JSON.numberNode(number));
                    }
                    odd.add(JSON.numberNode(1_000_000_000));
                    odd.add(JSON.numberNode(new java.math.BigInteger("9".repeat(400))));
                    odd.add(JSON.numberNode(0));
                }
                case "array" -> {
                    odd.add(JSON.arrayNode());
                    odd.add(JSON.arrayNode().add(JSON.nullNode()));
                    ArrayNode many = JSON.arrayNode();
                    for (int i = 0; i < 200; i++) {
                        many.add(of(property.path("items")));
                    }
                    odd.add(many);
                }
                default -> {}
            }
            odd.forEach(value -> all.add(spoilt(sample, path, value)));
        });
        return all;
    }

    private static Spoilt spoilt(JsonNode sample, List<String> path, JsonNode value) {
        JsonNode copy = sample.deepCopy();
        JsonNode parent = copy;
        for (String step : path.subList(0, path.size() - 1)) {
            parent = parent.isArray() ? parent.get(0) : parent;
            JsonNode child = parent.path(step);
            if (child.isMissingNode() || child.isNull()) {
                ((ObjectNode) parent).set(step, child = JSON.objectNode());
            }
            parent = child;
        }
        parent = parent.isArray() ? parent.get(0) : parent;
        String last = path.get(path.size() - 1);
        ((ObjectNode) parent).set(last, value);
        String text = value.toString();
        return new Spoilt(last, String.join(".", path) + "=" + text.substring(0, Math.min(40, text.length())), copy);
    }

    /** Every property, those of the objects within included. */
    private static void visit(JsonNode schema, JsonNode sample, BiConsumer<List<String>, JsonNode> visitor) {
        visit(schema, sample, List.of(), visitor);
    }

    private static void visit(
            JsonNode schema, JsonNode sample, List<String> above, BiConsumer<List<String>, JsonNode> visitor) {
        schema.path("properties").properties().forEach(property -> {
            List<String> path = new ArrayList<>(above);
            path.add(property.getKey());
            visitor.accept(path, property.getValue());
            JsonNode child = sample.path(property.getKey());
            if (type(property.getValue()).equals("object")) {
                visit(property.getValue(), child, path, visitor);
            } else if (type(property.getValue()).equals("array")
                    && child.path(0).isObject()) {
                visit(property.getValue().path("items"), child.path(0), path, visitor);
            }
        });
    }
}
