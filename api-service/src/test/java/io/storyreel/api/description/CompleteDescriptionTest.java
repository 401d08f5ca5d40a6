package io.storyreel.api.description;

import com.fasterxml.jackson.databind.JsonNode;
import io.storyreel.api.description.ApiDescription.Described;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import static io.storyreel.api.description.ApiDescription.members;
import static org.assertj.core.api.Assertions.assertThat;

/** Whoever reads only the description must never have to guess. */
class CompleteDescriptionTest {
    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";

    private final ApiDescription api = ApiDescription.kept();

    @Test
    void every_operation_has_a_name_of_its_own_and_a_tag() {
        List<String> ids = api.operations().map(Described::id).toList();

        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z][A-Za-z0-9]+"));
        assertThat(gaps(operation -> operation.operation().path("tags").size() != 1
                                || operation
                                        .operation()
                                        .path("summary")
                                        .asText()
                                        .isEmpty()
                        ? Stream.of("tag or summary")
                        : Stream.empty()))
                .isEmpty();
    }

    @Test
    void every_operation_tells_the_statuses_it_can_answer() {
        assertThat(gaps(operation -> expected(operation).stream()
                        .filter(status ->
                                !operation.operation().path("responses").has(status))))
                .isEmpty();
    }

    private Set<String> expected(Described operation) {
        Set<String> statuses = new HashSet<>(Set.of("503"));
        if (api.limitsRequests() && operation.path().startsWith("/api/")) {
            statuses.add("429");
        }
        if (!api.isOpen(operation)) {
            statuses.add("401");
        }
        if (operation.path().contains("{")) {
            statuses.add("404");
        }
        if (operation.hasBody() || !operation.parameters().isEmpty()) {
            statuses.add("400");
        }
        if (operation.hasBody()) {
            statuses.addAll(Set.of("413", "415"));
        }
        return statuses;
    }

    @Test
    void every_success_has_a_body_that_is_described_or_none() {
        assertThat(gaps(operation -> answers(operation, '2')
                        .filter(answer -> !answer.getKey().equals("204"))
                        .filter(answer -> answer.getValue().path("content").isEmpty()
                                || members(answer.getValue().get("content"))
                                        .anyMatch(media ->
                                                media.getValue().path("schema").isEmpty()))
                        .map(Map.Entry::getKey)))
                .isEmpty();
    }

    @Test
    void every_refusal_is_a_problem_document() {
        assertThat(gaps(operation -> Stream.concat(answers(operation, '4'), answers(operation, '5'))
                        .filter(answer -> !isHealth(operation))
                        .filter(answer -> !answer.getValue()
                                .path("content")
                                .path(PROBLEM)
                                .path("schema")
                                .path("$ref")
                                .asText()
                                .equals("#/components/schemas/Problem"))
                        .map(Map.Entry::getKey)))
                .isEmpty();
    }

    /** Its 503 says how the providers fare, as its 200 does. */
    private static boolean isHealth(Described operation) {
        return operation.id().equals("videoHealth");
    }

    @Test
    void every_body_has_an_example() {
        assertThat(gaps(operation -> Stream.concat(
                                answers(operation, '2').map(Map.Entry::getValue),
                                Stream.of(api.resolved(operation.operation().path("requestBody"))))
                        .map(body -> body.path("content").path(JSON))
                        .filter(media -> !media.isMissingNode() && !hasExample(media))
                        .map(media -> media.path("schema").toString())))
                .isEmpty();
    }

    private boolean hasExample(JsonNode media) {
        JsonNode schema = api.resolved(media.path("schema"));
        JsonNode item = api.resolved(schema.path("properties").path("items").path("items"));
        return Stream.of(media, schema, item).anyMatch(node -> node.has("example") || node.has("examples"));
    }

    @Test
    void every_parameter_has_limits() {
        assertThat(gaps(operation -> operation.parameters().stream()
                        .filter(parameter -> !isLimited(parameter.path("schema")))
                        .map(parameter -> parameter.path("name").asText())))
                .isEmpty();
    }

    @Test
    void every_field_of_a_request_has_limits() {
        List<String> gaps = new ArrayList<>();
        api.operations()
                .flatMap(operation -> members(
                        api.resolved(operation.operation().path("requestBody")).path("content")))
                .forEach(media -> collect(media.getValue().path("schema"), new HashSet<>(), gaps));

        assertThat(gaps.stream().distinct()).isEmpty();
    }

    private void collect(JsonNode schema, Set<String> seen, List<String> gaps) {
        if (schema.has("$ref") && !seen.add(schema.get("$ref").asText())) {
            return;
        }
        JsonNode described = api.resolved(schema);
        members(described.path("properties")).forEach(property -> {
            if (!isLimited(property.getValue())) {
                gaps.add(schema.path("$ref").asText("inline") + " " + property.getKey());
            }
            collect(property.getValue(), seen, gaps);
        });
        if (described.has("items")) {
            collect(described.get("items"), seen, gaps);
        }
    }

    private boolean isLimited(JsonNode schema) {
        JsonNode described = api.resolved(ApiDescription.unlessNull(schema));
        return switch (ApiDescription.type(described)) {
            case "string" -> has(schema, "maxLength", "pattern", "enum", "format");
            case "integer", "number" -> has(schema, "minimum", "maximum", "enum");
            case "array" -> has(schema, "maxItems") && isLimited(described.path("items"));
            default -> true;
        };
    }

    private boolean has(JsonNode schema, String... words) {
        return Stream.of(words)
                .anyMatch(word -> schema.has(word) || api.resolved(schema).has(word));
    }

    private Stream<Map.Entry<String, JsonNode>> answers(Described operation, char family) {
        return members(operation.operation().path("responses"))
                .filter(answer -> answer.getKey().charAt(0) == family)
                .map(answer -> Map.entry(answer.getKey(), api.resolved(answer.getValue())));
    }

    private List<String> gaps(Function<Described, Stream<String>> missing) {
        return api.operations()
                .flatMap(operation -> missing.apply(operation).map(gap -> operation + ": " + gap))
                .toList();
    }
}
