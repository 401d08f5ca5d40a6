package io.storyreel.api.description;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import io.storyreel.api.description.ApiDescription.Described;

import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

import static org.assertj.core.api.Assertions.assertThat;

/** Holds whatever a test is answered against the description: nothing undescribed, and null only where it says so. */
public final class DescribedAnswers implements Filter {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ApiDescription api = ApiDescription.kept();
    private final List<Described> operations = api.operations().toList();

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext context) {
        Response answer = context.next(request, expected);
        if (answer.statusCode() / 100 == 2 && answer.contentType().startsWith("application/json")) {
            String path = URI.create(request.getURI()).getPath();
            operations.stream()
                    .filter(operation ->
                            operation.method().equals(request.getMethod().toLowerCase(Locale.ROOT)))
                    .filter(operation -> path.matches(operation.path().replaceAll("\\{[^}]+}", "[^/]+")))
                    .min(Comparator.comparingInt(operation -> operation.path().split("\\{", -1).length))
                    .ifPresent(operation -> compare(operation, answer));
        }
        return answer;
    }

    private void compare(Described operation, Response answer) {
        JsonNode schema = api.resolved(
                        operation.operation().path("responses").path(String.valueOf(answer.statusCode())))
                .path("content")
                .path("application/json")
                .path("schema");
        assertThat(schema.isMissingNode())
                .as("%s does not describe its %d", operation, answer.statusCode())
                .isFalse();
        assertThat(DescribedValue.flaws(api, operation.id(), json(answer), schema))
                .as(() -> operation + " " + answer.asString())
                .isEmpty();
    }

    private static JsonNode json(Response answer) {
        try {
            return JSON.readTree(answer.asString());
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + answer.asString(), e);
        }
    }
}
