package io.storyreel.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.RestAssured;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * An operation as the OpenAPI document of the running service describes it.
 *
 * @param parameters as described, those of the path included
 * @param body schema of its JSON body; missing if it takes none
 */
record DescribedOperation(String method, String path, List<JsonNode> parameters, JsonNode body, boolean isUpload) {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private static final Pattern PATH_PARAMETER = Pattern.compile("\\{([^}]+)}");

    static List<DescribedOperation> all() {
        try {
            JsonNode document = new ObjectMapper()
                    .readTree(RestAssured.get("/q/openapi?format=JSON").asString());
            List<DescribedOperation> all = new ArrayList<>();
            document.get("paths").properties().forEach(path -> path.getValue().properties().stream()
                    .filter(method -> METHODS.contains(method.getKey()))
                    .forEach(method -> all.add(of(document, path, method))));
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DescribedOperation of(
            JsonNode document, Map.Entry<String, JsonNode> path, Map.Entry<String, JsonNode> method) {
        List<JsonNode> parameters = new ArrayList<>();
        path.getValue().path("parameters").forEach(parameters::add);
        method.getValue().path("parameters").forEach(parameters::add);
        JsonNode content = method.getValue().at("/requestBody/content");
        JsonNode schema = content.path("application/json").path("schema");
        return new DescribedOperation(
                method.getKey().toUpperCase(Locale.ROOT),
                path.getKey(),
                parameters.stream().map(one -> resolved(document, one)).toList(),
                schema.isMissingNode() ? MissingNode.getInstance() : expanded(document, schema),
                content.has("multipart/form-data"));
    }

    private static JsonNode resolved(JsonNode document, JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
    }

    /** With every reference replaced by what it stands for. */
    private static JsonNode expanded(JsonNode document, JsonNode schema) {
        JsonNode copy = resolved(document, schema).deepCopy();
        if (copy.path("properties") instanceof ObjectNode properties) {
            List<String> names = new ArrayList<>();
            properties.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> properties.set(name, expanded(document, properties.get(name))));
        }
        if (copy instanceof ObjectNode object && copy.has("items")) {
            object.set("items", expanded(document, copy.get("items")));
        }
        return copy;
    }

    /** Whether it answers without a token. */
    boolean isOpen() {
        return path.startsWith("/health/") || path.equals("/api/v1/session") || path.endsWith("/metadata");
    }

    boolean takesJson() {
        return !body.isMissingNode();
    }

    Set<String> queryNames() {
        Set<String> names = new TreeSet<>();
        parameters.stream()
                .filter(one -> one.path("in").asText().equals("query"))
                .forEach(one -> names.add(one.get("name").asText()));
        return names;
    }

    List<JsonNode> headers() {
        return parameters.stream()
                .filter(one -> one.path("in").asText().equals("header"))
                .toList();
    }

    List<String> pathNames() {
        return PATH_PARAMETER
                .matcher(path)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
