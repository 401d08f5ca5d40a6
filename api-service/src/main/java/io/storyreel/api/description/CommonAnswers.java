package io.storyreel.api.description;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.storyreel.api.idempotency.KeyedOperations;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

import java.util.List;

/** Describes what is true of many operations at once: limits of requests, and keys of those that make something. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class CommonAnswers implements OASFilter {
    private static final String LIMITED = "RateLimited";
    private static final String KEY = "IdempotencyKey";
    private static final String REPLAYED = "IdempotentReplayed";
    private static final String CONFLICT = "409";

    private static final String KEY_CONFLICT =
            "The Idempotency-Key stands for another request (idempotency_key_reused), or the first request with it is"
                    + " under way (idempotency_key_in_use, with Retry-After)";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Components components = document.getComponents();
        components
                .addResponse(LIMITED, limited())
                .addParameter(KEY, key())
                .addHeader(REPLAYED, header("true: it was done before, and this is the answer of then", "true"));
        document.getPaths().getPathItems().forEach((path, item) -> item.getOperations()
                .forEach((method, operation) -> describe(path, method.name(), operation)));
    }

    private static void describe(String path, String method, Operation operation) {
        operation
                .getResponses()
                .addAPIResponse("429", OASFactory.createAPIResponse().ref(LIMITED));
        if (KeyedOperations.include(method, path)) {
            operation.addParameter(OASFactory.createParameter().ref(KEY));
            operation.getResponses().getAPIResponses().forEach((status, response) -> {
                if (status.startsWith("2")) {
                    response.addHeader(
                            KeyedOperations.REPLAYED, OASFactory.createHeader().ref(REPLAYED));
                }
            });
            APIResponse conflict = operation.getResponses().getAPIResponse(CONFLICT);
            if (conflict == null) {
                operation
                        .getResponses()
                        .addAPIResponse(CONFLICT, OASFactory.createAPIResponse().description(KEY_CONFLICT));
            } else {
                conflict.setDescription(conflict.getDescription() + ". " + KEY_CONFLICT);
            }
        }
    }

    private static APIResponse limited() {
        return OASFactory.createAPIResponse()
                .description("Too many requests of this kind: wait as long as Retry-After says")
                .addHeader("Retry-After", header("In how many seconds the next one is let through", "2"))
                .addHeader(
                        "RateLimit-Policy",
                        header("How many (q) in how many seconds (w); in every answer", "\"writes\";q=12000;w=60"))
                .addHeader(
                        "RateLimit",
                        header(
                                "How many are left (r), and in how many seconds all are again (t); in every answer",
                                "\"writes\";r=11998;t=1"));
    }

    private static Header header(String description, String example) {
        return OASFactory.createHeader()
                .description(description)
                .schema(OASFactory.createSchema().type(List.of(Schema.SchemaType.STRING)))
                .example(example);
    }

    private static Parameter key() {
        return OASFactory.createParameter()
                .name(KeyedOperations.HEADER)
                .in(Parameter.In.HEADER)
                .description(
                        "A name of your own for this request, such as a random UUID. Repeated within 24 hours with the"
                                + " same key, it is not done again: the answer is that of the first time")
                .schema(OASFactory.createSchema()
                        .type(List.of(Schema.SchemaType.STRING))
                        .minLength(1)
                        .maxLength(255)
                        .pattern("^[ -~]+$"));
    }
}
