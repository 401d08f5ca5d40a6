package io.storyreel.api.description;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.representer.Representer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The description of the API as clients read it. */
final class ApiDescription {
    private static final String NULL = "null";
    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete", "head");

    private final JsonNode document;

    /** One operation with everything that belongs to it looked up. */
    record Described(String method, String path, JsonNode operation, List<JsonNode> parameters) {
        String id() {
            return operation.path("operationId").asText();
        }

        boolean hasBody() {
            return operation.has("requestBody");
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private ApiDescription(JsonNode document) {
        this.document = document;
    }

    static ApiDescription kept() {
        try {
            LoaderOptions reading = new LoaderOptions();
            DumperOptions writing = new DumperOptions();
            Yaml yaml = new Yaml(
                    new SafeConstructor(reading), new Representer(writing), writing, reading, new CoreSchema());
            Object read = yaml.load(Files.readString(Path.of("../docs/openapi.yaml")));
            return new ApiDescription(new ObjectMapper().valueToTree(read));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Stream<Described> operations() {
        return members(document.get("paths")).flatMap(path -> members(path.getValue())
                .filter(member -> METHODS.contains(member.getKey()))
                .map(member -> new Described(
                        member.getKey(),
                        path.getKey(),
                        member.getValue(),
                        parameters(path.getValue(), member.getValue()))));
    }

    private List<JsonNode> parameters(JsonNode item, JsonNode operation) {
        List<JsonNode> all = new ArrayList<>();
        item.path("parameters").forEach(all::add);
        operation.path("parameters").forEach(all::add);
        return all.stream().map(this::resolved).toList();
    }

    /** Whether anybody may call it, without a token. */
    boolean isOpen(Described operation) {
        JsonNode security = operation.operation().path("security");
        return security.isArray()
                && Stream.of(security).allMatch(all -> all.path(0).isEmpty());
    }

    JsonNode schemas() {
        return document.at("/components/schemas");
    }

    JsonNode schema(String name) {
        return schemas().path(name);
    }

    /** Whether answers to too many requests are described. */
    boolean limitsRequests() {
        return document.at("/components/responses").has("RateLimited");
    }

    /** What a reference stands for; other things stand for themselves. */
    JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asText();
        return reference.isEmpty() ? node : document.at(reference.substring(1));
    }

    /** What a value is unless it is null; empty if that is not said. */
    static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        for (JsonNode one : type) {
            if (!one.asText().equals(NULL)) {
                return one.asText();
            }
        }
        return type.asText();
    }

    static boolean mayBeNull(JsonNode schema) {
        return schema.isEmpty()
                || Stream.concat(
                                types(schema),
                                StreamSupport.stream(schema.path("anyOf").spliterator(), false)
                                        .flatMap(ApiDescription::types))
                        .anyMatch(NULL::equals);
    }

    /** The schema of what is not null. */
    static JsonNode unlessNull(JsonNode schema) {
        for (JsonNode one : schema.path("anyOf")) {
            if (types(one).noneMatch(NULL::equals)) {
                return one;
            }
        }
        return schema;
    }

    private static Stream<String> types(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray()
                ? StreamSupport.stream(type.spliterator(), false).map(JsonNode::asText)
                : Stream.of(type.asText());
    }

    static Stream<Map.Entry<String, JsonNode>> members(JsonNode node) {
        return node.properties().stream();
    }
}
